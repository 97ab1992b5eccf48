import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../main/shell/arguments.ts';
import { readArgs } from '../../../../main/shell/cli/command.ts';
import { buildBody, send } from '../../../../main/shell/cli/send.ts';
import type { ApiInfo } from '../../../../preload/contract/providers.ts';

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
