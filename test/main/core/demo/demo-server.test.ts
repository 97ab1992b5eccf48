import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoServer } from '../../../../main/core/demo/demo-server.ts';
import { bodyOf, FORMATS, post, startFastDemo } from './support/demo.ts';

let demo: DemoServer;
beforeAll(async () => {
  demo = await startFastDemo();
});
afterAll(() => demo.close());

/** fetch does not let a caller choose Host or Origin. */
async function get(headers: Record<string, string>): Promise<number> {
  const { hostname, port } = new URL(demo.origin);
  const req = request({ hostname, port, path: '/openai/v1/models', headers });
  req.end();
  const [res] = await once(req, 'response');
  res.resume();
  return res.statusCode;
}

const until = async (reached: () => boolean) => {
  for (let i = 0; i < 500 && !reached(); i++) await sleep(10);
  expect(reached()).toBe(true);
};

describe('who may ask', () => {
  test('listens on the loopback address only', () => {
    expect(demo.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
  test.each<[string, Record<string, string>, number]>([
    ['a program', {}, 200],
    ['a page of another site', { origin: 'https://example.com' }, 403],
    ['a page of this very origin', { origin: 'SELF' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['a simple request of a page, by its metadata', { 'sec-fetch-site': 'cross-site' }, 403],
    ['an address typed into a browser', { 'sec-fetch-site': 'none' }, 200],
    ['a name bound to 127.0.0.1', { host: 'evil.example:80' }, 403],
    ['localhost', { host: 'localhost:PORT' }, 403],
  ])('%s', async (_name, headers, status) => {
    const { port } = new URL(demo.origin);
    const filled = Object.entries(headers).map(([k, v]) => [
      k,
      v.replace('SELF', demo.origin).replace('PORT', port),
    ]);
    expect(await get(Object.fromEntries(filled))).toBe(status);
  });
  test('says nothing that lets another origin read', async () => {
    const response = await fetch(`${demo.origin}/openai/v1/models`);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

test.each(['/\\[', '/\\evil.example/x', '//[', '*', 'http://[', '/%'])(
  'a target that is no path is answered as one that is not there: %s',
  async (target) => {
    const { host, hostname, port } = new URL(demo.origin);
    const socket = connect(Number(port), hostname);
    socket.end(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
  },
);

test.each(FORMATS)('%s: stops writing as soon as the client goes away', async (format) => {
  const slow = await startFastDemo({ settings: () => ({ firstTokenMs: 0, tokensPerSecond: 100 }) });
  const stop = new AbortController();
  const body = bodyOf(format, {
    stream: true,
    model: 'demo-long',
    ...(format === 'anthropic' ? { max_tokens: 9000 } : {}),
  });
  const response = await post(slow.origin, format, body, { signal: stop.signal });
  await response.body?.getReader().read();
  expect(slow.active()).toBe(1);
  stop.abort();
  await until(() => slow.active() === 0);
  await slow.close();
});

test('an unstreamed answer under way stops too', async () => {
  const slow = await startFastDemo({ settings: () => ({ firstTokenMs: 10_000, tokensPerSecond: 1 }) });
  const stop = new AbortController();
  const sent = post(slow.origin, 'chat', bodyOf('chat'), { signal: stop.signal }).catch(() => 'aborted');
  await until(() => slow.active() === 1);
  stop.abort();
  expect(await sent).toBe('aborted');
  await until(() => slow.active() === 0);
  await slow.close();
});

test('closing cuts answers under way and ends', async () => {
  const other = await startFastDemo({ settings: () => ({ firstTokenMs: 0, tokensPerSecond: 10 }) });
  const response = await post(other.origin, 'chat', bodyOf('chat', { stream: true }));
  const text = response.text().catch(() => 'cut');
  await other.close();
  expect(await text).toBe('cut');
  expect(other.active()).toBe(0);
});

test('strange targets stay on this server', async () => {
  for (const path of ['//evil.example/v1', 'http://evil.example/', '*', '/%zz', '/openai/v1/models?x=%zz']) {
    const { hostname, port, host } = new URL(demo.origin);
    const req = request({ hostname, port, path, headers: { host } });
    req.end();
    const [res] = await once(req, 'response');
    res.resume();
    expect([200, 404]).toContain(res.statusCode);
  }
});
