import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { requestsHandlers } from '../../../../main/core/requests/handlers.ts';
import { connectLocal } from '../../../../main/core/rpc/local.ts';
import { UsageError } from '../../../../main/shell/arguments.ts';
import { readArgs } from '../../../../main/shell/cli/command.ts';
import { createOutput } from '../../../../main/shell/cli/output.ts';
import { buildBody, send } from '../../../../main/shell/cli/send.ts';
import type { AppClient } from '../../../../preload/contract/index.ts';
import { type ApiInfo, providers } from '../../../../preload/contract/providers.ts';
import { requests } from '../../../../preload/contract/requests.ts';
import { PROVIDERS } from '../../../support/fake-core/providers.ts';
import { make, serve, whole } from '../../../support/sending.ts';

const api = (paths: string[], example: object): ApiInfo => ({
  id: 'x',
  label: 'X',
  tag: 'X',
  method: 'POST',
  path: '/x',
  roles: ['user'],
  example: JSON.stringify(example),
  params: paths.map((path) => ({
    path,
    label: path,
    kind: 'text',
    required: false,
    advanced: false,
    help: '',
  })),
});
const options = { stream: true, params: [] };

describe('the body that keybench send makes', () => {
  it('puts a system prompt where the API has its field for it', () => {
    const anthropic = api(['model', 'messages', 'system'], {
      model: 'm',
      max_tokens: 5,
      system: 'old',
      messages: [],
    });
    expect(buildBody(anthropic, 'hi', { ...options, system: 'Be brief.' })).toEqual({
      model: 'm',
      max_tokens: 5,
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'hi' }],
      stream: true,
    });
    const responses = api(['model', 'input', 'instructions'], {
      model: 'm',
      input: 'old',
      instructions: 'old',
    });
    expect(buildBody(responses, 'hi', { ...options, system: 'Be brief.' })).toEqual({
      model: 'm',
      input: 'hi',
      instructions: 'Be brief.',
      stream: true,
    });
  });
  it('makes it the first message where there is none', () => {
    const chat = api(['model', 'messages'], { model: 'm', messages: [] });
    expect(buildBody(chat, 'hi', { ...options, system: 'S' }).messages).toEqual([
      { role: 'system', content: 'S' },
      { role: 'user', content: 'hi' },
    ]);
  });
  it("leaves the example's own system prompt out", () => {
    expect(buildBody(api(['system', 'messages'], { system: 'old' }), 'hi', options)).not.toHaveProperty(
      'system',
    );
  });
  it('reads parameters as JSON, and as text when they are none', () => {
    const body = buildBody(api(['messages'], {}), 'hi', {
      ...options,
      params: ['max_tokens=20', 'stop=END', 'tools=[{"a":1}]', 'note=a=b'],
    });
    expect(body).toMatchObject({ max_tokens: 20, stop: 'END', tools: [{ a: 1 }], note: 'a=b' });
  });
  it('drops stream options when the answer is wanted in one piece', () => {
    const chat = api(['messages'], { stream: true, stream_options: { include_usage: true } });
    expect(buildBody(chat, 'hi', { ...options, stream: false })).toEqual({
      messages: [{ role: 'user', content: 'hi' }],
      stream: false,
    });
  });
  it('says how a parameter is written', () => {
    expect(() => buildBody(api([], {}), 'hi', { ...options, params: ['temperature'] })).toThrow(
      new UsageError('--param takes NAME=VALUE.'),
    );
  });
});

it('an unknown option is one sentence with a way to help', () => {
  expect(() => readArgs(send, ['--modle', 'x'])).toThrow(
    /^Unknown option '--modle'.*See keybench send --help\.$/,
  );
});

describe('a prompt that holds a stored key', () => {
  async function sending(...args: string[]) {
    const { origin, asked } = await serve(whole);
    const { sender, addKey } = make();
    const key = addKey('https://api.example.com');
    const { client } = connectLocal(
      { ...requests, 'providers.list': providers['providers.list'] },
      { ...requestsHandlers(sender), 'providers.list': () => [...PROVIDERS] },
    );
    const stdout = new PassThrough();
    const context = {
      api: client as AppClient,
      out: createOutput(stdout, new PassThrough(), false),
      signal: new AbortController().signal,
      dataDir: '',
    };
    const options = ['--provider', 'compatible', '--base-url', origin, '--model', 'sample-1', ...args];
    const code = send.run!(context, readArgs(send, [...options, `What is ${key.secret}?`]));
    return { code, key, asked, printed: () => text(stdout.end()) };
  }

  it('is refused as a wrong use, which names the option that sends it', async () => {
    const { code, key, asked } = await sending();
    // A usage error ends with 2.
    await expect(code).rejects.toThrow(
      new UsageError(
        `This prompt holds your key "${key.alias}". Nothing was sent. Take it out, or add --send-known-key to send it all the same.`,
      ),
    );
    expect(asked).toEqual([]);
  });
  it('is sent with --send-known-key', async () => {
    const { code, key, asked, printed } = await sending('--send-known-key');
    expect(await code).toBe(0);
    expect(asked[0]?.body).toContain(key.secret);
    expect(await printed()).toBe('Hi\n');
  });
});
