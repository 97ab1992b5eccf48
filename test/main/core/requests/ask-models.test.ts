import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { connectLocal } from '../../../../main/core/rpc/local.ts';
import { providers } from '../../../../preload/contract/providers.ts';
import { TYPED } from '../../../support/sender.ts';
import { make, serve } from '../../../support/sending.ts';
import { CHAT } from '../../../support/wire-samples.ts';

async function setup(answer: (res: ServerResponse) => unknown) {
  const server = await serve(answer);
  const made = make();
  const key = made.addKey(server.origin);
  const check = (provider = 'compatible') =>
    made.sender.checkKey({ provider, baseUrl: server.origin, secret: key.secret, alias: key.alias });
  return { ...server, ...made, key, check };
}
const json = (res: ServerResponse, status: number, body: string, headers = {}) =>
  res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
const LIST = JSON.stringify({
  object: 'list',
  data: [
    { id: 'b', type: 'model' },
    { id: 'a', type: 'model' },
  ],
  has_more: false,
});

describe('checking a key', () => {
  test.each([...new Set(TYPED.map(({ provider }) => provider))])(
    '%s: accepted, with the number of models',
    async (provider) => {
      const { check, key, asked } = await setup((res) => json(res, 200, LIST));
      const result = await check(provider);
      expect(result).toMatchObject({
        outcome: 'ok',
        status: 200,
        message: expect.stringMatching(/accepted the key: 2 models\./),
      });
      expect(asked[0]?.req.headers.authorization).toBe(`Bearer ${key.secret}`);
    },
  );
  test.each([
    [401, 'rejected'],
    [403, 'forbidden'],
    [429, 'limited'],
    [402, 'limited'],
    [404, 'error'],
    [500, 'error'],
  ])('%i → %s, once, with what the provider said', async (status, outcome) => {
    const { check, asked } = await setup((res) =>
      json(res, status, CHAT.errorBody('some_type', 'Because of this.'), { 'retry-after': '0' }),
    );
    const result = await check();
    expect(result).toMatchObject({ outcome, status });
    expect(result.message).toContain('Because of this.');
    expect(asked).toHaveLength(1);
  });
  test('a provider that repeats the key does not get it into the message', async () => {
    const { check, key } = await setup((res) =>
      json(res, 401, CHAT.errorBody('invalid', `Bad key ${key.secret}`)),
    );
    const result = await check();
    expect(result.message).toContain('[key:key-1]');
    expect(result.message).not.toContain(key.secret);
  });
  test('a web page is not a models list', async () => {
    const { check } = await setup((res) =>
      res.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Login</h1>'),
    );
    expect(await check()).toMatchObject({ outcome: 'error', message: expect.stringContaining('web page') });
  });
  test('no answer is no verdict', async () => {
    const { check, close } = await setup(() => {});
    close();
    const result = await check();
    expect(result).toMatchObject({ outcome: 'unreachable', status: null });
    expect(result.message).toContain('refused');
  });
  test('a redirect leads the key nowhere', async () => {
    const other = await serve((res) => res.end());
    const { check } = await setup((res) => res.writeHead(307, { location: other.origin }).end());
    expect((await check()).outcome).toBe('error');
    expect(other.asked).toHaveLength(0);
  });
});

describe('the models list', () => {
  test('comes from the provider', async () => {
    const { sender, origin, key } = await setup((res) => json(res, 200, LIST));
    const answer = await sender.models({ provider: 'compatible', baseUrl: origin, keyId: key.id });
    expect(answer).toMatchObject({ source: 'live', note: '' });
    expect(answer.models.map(({ id }) => id).sort()).toEqual(['a', 'b']);
  });
  test.each([
    ['very many', 2345, 'm-', 2000],
    ['long names, which would not fit into one message', 1500, 'n'.repeat(190), 737],
  ])('is cut when there are %s, and says so', async (_what, all, name, offered) => {
    const data = Array.from({ length: all }, (_, i) => ({ id: `${name}${i}` }));
    const { sender, origin, key } = await setup((res) => json(res, 200, JSON.stringify({ data })));
    const input = { provider: 'compatible', baseUrl: origin, keyId: key.id };
    const { client, close } = connectLocal(
      { 'providers.models': providers['providers.models'] },
      { 'providers.models': (what) => sender.models(what) },
      { checkOutput: true },
    );
    const answer = await client['providers.models'](input);
    close();
    expect(answer.models).toHaveLength(offered);
    expect(answer.models[0]?.id).toBe(`${name}0`);
    expect(answer).toMatchObject({
      source: 'live',
      note: `The server lists ${all.toLocaleString('en-US')} models; the first ${offered.toLocaleString('en-US')} are offered here. Any other can be typed.`,
    });
  });
  test('falls back to the built-in one and says why', async () => {
    const { sender, origin, key } = await setup((res) => json(res, 401, CHAT.errorBody('x', 'No such key.')));
    const failed = await sender.models({ provider: 'openai', baseUrl: origin, keyId: key.id });
    expect(failed).toMatchObject({ source: 'built-in', note: expect.stringContaining('No such key.') });
    expect(failed.models.length).toBeGreaterThan(0);
    expect(await sender.models({ provider: 'openai', baseUrl: '', keyId: null })).toMatchObject({
      source: 'built-in',
      note: expect.stringContaining('Choose a key'),
    });
    expect(
      await sender.models({ provider: 'openai', baseUrl: 'https://elsewhere.example/v1', keyId: key.id }),
    ).toMatchObject({ source: 'built-in', note: expect.stringContaining('bound to') });
  });
  test('asking can be given up', async () => {
    const { sender, origin } = await setup(() => {});
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    await expect(
      sender.models({ provider: 'compatible', baseUrl: origin, keyId: null }, abort.signal),
    ).rejects.toBeDefined();
  });
});
