// R5: a hostile body of 1 GB costs less than 100 MB. In a child process, so that nothing else is measured.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { CHAT } from '../../../support/wire-samples.ts';

const MB = 1024 * 1024;
const CHILD = fileURLToPath(new URL('../../../support/hostile-child.ts', import.meta.url));

const head = (type: string, encoding = '') =>
  `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\nconnection: close\r\n${encoding}\r\n`;
const SSE = head('text/event-stream');

interface Hostile {
  start: string | Buffer;
  piece: Buffer;
  /** How often, to make 1 GB of body. */
  times: number;
}
const noise = (length: number) => randomBytes(length).toString('base64').slice(0, length);
const fill = (unit: string) => Buffer.from(unit.repeat(Math.ceil(MB / unit.length)));
const BODIES: Record<string, Hostile> = {
  'one line without end': { start: SSE, piece: fill('x'), times: 1024 },
  'tiny events': { start: SSE, piece: fill('data:\n\n'), times: 1024 },
  'events with text': { start: SSE + CHAT.start, piece: fill(CHAT.text('some words ')), times: 1024 },
  'events with text that cannot be packed': {
    start: SSE + CHAT.start,
    piece: Buffer.from(Array.from({ length: 5000 }, () => CHAT.text(noise(40))).join('')),
    times: 1024,
  },
  'events with long text': {
    start: SSE + CHAT.start,
    piece: Buffer.from(Array.from({ length: 25 }, () => CHAT.text(noise(40_000))).join('')),
    times: 1024,
  },
  'JSON that never ends': { start: `${head('application/json')}{"a":"`, piece: fill('abc '), times: 1024 },
  'an error body that never ends': {
    start: head('text/html').replace('200 OK', '400 Bad'),
    piece: fill('<p>'),
    times: 1024,
  },
  'a gzip bomb': {
    start: head('text/event-stream', 'content-encoding: gzip\r\n'),
    piece: gzipSync(Buffer.alloc(16 * MB, '\n')),
    times: 64,
  },
};

let hostile: Hostile;
const server = createServer((socket: Socket) => {
  const gone = new Promise((done) => socket.on('error', () => {}).once('close', done));
  socket.once('data', async (request) => {
    if (request.toString().includes(' /none/'))
      return socket.end(SSE + CHAT.start + CHAT.text('x') + CHAT.end);
    socket.write(hostile.start);
    for (let i = 0; i < hostile.times && !socket.destroyed; i++)
      if (!socket.write(hostile.piece))
        await Promise.race([new Promise((done) => socket.once('drain', done)), gone]);
    return socket.end();
  });
});
afterAll(() => {
  server.close();
});

const cases = Object.keys(BODIES).flatMap((name) => [
  { name, rest: 0, reader: 'a quick reader' },
  ...(name.includes('events') ? [{ name, rest: 5, reader: 'a slow reader' }] : []),
]);

test.each(cases)('$name, $reader', { timeout: 120_000 }, async ({ name, rest }) => {
  hostile = BODIES[name] as Hostile;
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--expose-gc', CHILD, url, String(rest)], {
    timeout: 100_000,
  });
  const seen = JSON.parse(stdout) as { state: string; error: string; growth: number };
  expect(seen.error).toMatch(/^(limit\/(line|body|events)|provider\/)/);
  expect(['truncated', 'error']).toContain(seen.state);
  console.info(`${name}, rest ${rest}: ${(seen.growth / MB).toFixed(0)} MB, ${seen.state} ${seen.error}`);
  expect(seen.growth).toBeLessThan(100 * MB);
});
