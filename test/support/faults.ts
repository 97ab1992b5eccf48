// The faults, each with the state it must end in and the time it may take. `limit` faults need the tight settings of
// FAULT_SETTINGS; every other one ends by itself.

import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { EndState } from '../../preload/contract/requests.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../preload/contract/settings.ts';
import type { FaultyRequest } from './faulty-server.ts';

export interface Fault {
  name: string;
  state: EndState;
  /** Part of the error's source and type, `source/type`; absent when there is no error. */
  error?: RegExp;
  /** Text the answer must have. */
  text?: string;
  /** HTTP attempts the app makes; 1 unless said. */
  attempts?: number;
  answer(socket: Socket, request: FaultyRequest): unknown;
}

/** Bounds small enough to meet in a test. */
export const FAULT_SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  'requests.maxAttempts': 2,
  'requests.maxWaitSeconds': 3,
  'requests.connectSeconds': 2,
  'requests.idleSeconds': 0.4,
  'requests.totalMinutes': 2 / 60,
  'requests.maxBodyMb': 8,
  'requests.maxLineMb': 1,
};

const head = (status: string, headers: Record<string, string> = {}) =>
  `HTTP/1.1 ${status}\r\n${Object.entries({
    'request-id': 'req_head',
    'x-request-id': 'req_head',
    ...headers,
  })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;
const STREAM = { 'content-type': 'text/event-stream; charset=utf-8' };
/** Body ends with the connection. */
const OPEN = head('200 OK', { ...STREAM, connection: 'close' });
const CHUNKED = head('200 OK', { ...STREAM, 'transfer-encoding': 'chunked' });
const chunk = (text: string | Buffer) => {
  const bytes = Buffer.from(text as string);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
};
const LAST = '0\r\n\r\n';
const sized = (status: string, type: string, body: string, headers: Record<string, string> = {}) =>
  head(status, { 'content-type': type, 'content-length': String(Buffer.byteLength(body)), ...headers }) +
  body;
const json = (status: string, body: string, headers?: Record<string, string>) =>
  sized(status, 'application/json', body, headers);
const ok = ({ wire }: FaultyRequest) =>
  CHUNKED + chunk(wire.start + wire.text('Hi') + wire.end).toString() + LAST;
const begun = ({ wire }: FaultyRequest) => wire.start + wire.text('Hi');
const limited = (headers: Record<string, string>) => (socket: Socket, r: FaultyRequest) =>
  socket.write(
    r.count === 1
      ? json('429 Too Many Requests', r.wire.errorBody('rate_limit_error', 'Slow down'), headers)
      : ok(r),
  );
/** Writes as long as the other side takes it. */
async function flood(socket: Socket, piece: Buffer, times: number): Promise<void> {
  for (let i = 0; i < times && !socket.destroyed; i++)
    if (!socket.write(piece)) await Promise.race([new Promise((r) => socket.once('drain', r)), sleep(3000)]);
}
const NO_END = /^protocol\/no_terminal_event/;

export const FAULTS: readonly Fault[] = [
  { name: 'none', state: 'complete', text: 'Hi', answer: (s, r) => s.write(ok(r)) },
  {
    name: 'fin-close-delimited',
    state: 'truncated',
    error: NO_END,
    text: 'Hi',
    answer: (s, r) => s.end(OPEN + begun(r)),
  },
  {
    name: 'fin-before-any-event',
    state: 'error',
    error: /^protocol\/empty_answer/,
    answer: (s) => s.end(OPEN),
  },
  {
    name: 'reset-midstream',
    state: 'truncated',
    error: /^connection\//,
    text: 'Hi',
    async answer(s, r) {
      s.write(CHUNKED + chunk(begun(r)));
      await sleep(60);
      s.resetAndDestroy();
    },
  },
  {
    name: 'fin-inside-chunk',
    state: 'truncated',
    error: /^connection\//,
    text: 'Hi',
    answer: (s, r) => s.end(`${CHUNKED}${chunk(begun(r))}ff\r\ndata: {"cu`),
  },
  {
    name: 'chunked-without-terminal',
    state: 'truncated',
    error: NO_END,
    text: 'Hi',
    answer: (s, r) => s.write(CHUNKED + chunk(begun(r)) + LAST),
  },
  {
    name: 'chunk-size-garbage',
    state: 'truncated',
    error: /^protocol\/HPE/,
    text: 'Hi',
    answer: (s, r) => s.write(`${CHUNKED}${chunk(begun(r))}zz\r\nxx`),
  },
  {
    name: 'content-length-too-large',
    state: 'truncated',
    error: /^connection\//,
    text: 'Hi',
    answer: (s, r) => s.end(head('200 OK', { ...STREAM, 'content-length': '99999' }) + begun(r)),
  },
  {
    name: 'content-length-too-small',
    state: 'truncated',
    error: NO_END,
    answer(s, r) {
      const body = begun(r);
      s.end(head('200 OK', { ...STREAM, 'content-length': String(body.length - 9) }) + body + r.wire.end);
    },
  },
  {
    name: 'stall-after-first-event',
    state: 'truncated',
    error: /^limit\/idle/,
    text: 'Hi',
    answer: (s, r) => s.write(CHUNKED + chunk(begun(r))),
  },
  { name: 'never-answers', state: 'error', error: /^limit\/total/, answer: () => {} },
  {
    name: 'slow-loris-headers',
    state: 'error',
    error: /^limit\/total/,
    async answer(s) {
      for (const one of `HTTP/1.1 200 OK\r\nx-slow: ${'a'.repeat(500)}`) {
        if (s.destroyed) return;
        s.write(one);
        await sleep(50);
      }
    },
  },
  {
    name: 'malformed-event',
    state: 'error',
    error: /^provider\/malformed_event/,
    text: 'Hi',
    answer: (s, r) =>
      s.write(
        CHUNKED +
          chunk(`${begun(r)}event: content_block_delta\ndata: {"type": oops}\n\n${r.wire.end}`) +
          LAST,
      ),
  },
  {
    name: 'html-200',
    state: 'error',
    error: /^protocol\/web_page/,
    answer: (s) => s.write(sized('200 OK', 'text/html', '<!doctype html><h1>Welcome</h1>')),
  },
  {
    name: 'html-200-as-stream',
    state: 'truncated',
    error: NO_END,
    answer: (s) => s.end(`${OPEN}<!doctype html>\n<h1>Welcome</h1>\n`),
  },
  {
    name: 'no-content-type',
    state: 'error',
    error: /^protocol\/content_type/,
    answer: (s, r) => s.end(head('200 OK', { connection: 'close' }) + begun(r) + r.wire.end),
  },
  {
    name: 'invalid-utf8',
    state: 'complete',
    text: 'H\ufffdi',
    answer(s, r) {
      const [before = '', after = ''] = r.wire.text('H~i').split('~');
      s.write(CHUNKED);
      s.write(chunk(r.wire.start));
      s.write(chunk(Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)])));
      s.write(chunk(r.wire.end) + LAST);
    },
  },
  {
    name: 'line-of-10-mb',
    state: 'truncated',
    error: /^limit\/line/,
    text: 'Hi',
    async answer(s, r) {
      s.write(OPEN + begun(r) + 'data: ');
      await flood(s, Buffer.alloc(1024 * 1024, 'x'), 10);
      s.end('\n\n');
    },
  },
  {
    name: 'no-newline-in-60-mb',
    state: 'error',
    error: /^limit\/line/,
    async answer(s) {
      s.write(OPEN);
      await flood(s, Buffer.alloc(1024 * 1024, 'x'), 60);
      s.end();
    },
  },
  {
    name: 'endless-small-events',
    state: 'truncated',
    error: /^limit\/(body|events)/,
    text: 'Hi',
    async answer(s, r) {
      s.write(OPEN + begun(r));
      await flood(s, Buffer.from('event: ping\ndata: {}\n\n'.repeat(20_000)), 400);
      s.end();
    },
  },
  {
    name: 'gzip-bomb',
    state: 'truncated',
    error: /^limit\/(body|events)/,
    text: 'Hi',
    async answer(s, r) {
      s.write(head('200 OK', { ...STREAM, connection: 'close', 'content-encoding': 'gzip' }));
      s.write(gzipSync(begun(r)));
      await flood(s, gzipSync(Buffer.alloc(10 * 1024 * 1024, '\n')), 20);
      s.end();
    },
  },
  {
    name: 'gzip-truncated',
    state: 'truncated',
    error: /^(protocol|connection)\//,
    answer(s, r) {
      const packed = gzipSync(
        begun(r) + r.wire.text(Array.from({ length: 400 }, Math.random).join(' ')) + r.wire.end,
      );
      s.end(
        Buffer.concat([
          Buffer.from(head('200 OK', { ...STREAM, connection: 'close', 'content-encoding': 'gzip' })),
          packed.subarray(0, packed.length / 2),
        ]),
      );
    },
  },
  {
    name: 'gzip-damaged',
    state: 'error',
    error: /^protocol\/Z_/,
    answer: (s) =>
      s.end(
        `${head('200 OK', { ...STREAM, connection: 'close', 'content-encoding': 'gzip' })}this is no gzip at all`,
      ),
  },
  {
    name: 'headers-of-1-mb',
    state: 'error',
    error: /^limit\/headers/,
    answer: (s) => s.write(`HTTP/1.1 200 OK\r\n${`x-fill: ${'a'.repeat(1000)}\r\n`.repeat(1000)}\r\n`),
  },
  {
    name: 'garbage',
    state: 'error',
    error: /^protocol\/HPE/,
    answer: (s) => s.end('\x16\x03\x01\x02\x00 what is this?\r\n\r\n'),
  },
  {
    name: 'error-event',
    state: 'error',
    error: /^provider\/overloaded_error/,
    text: 'Hi',
    answer: (s, r) => s.write(CHUNKED + chunk(begun(r) + r.wire.error) + LAST),
  },
  {
    name: 'empty-200',
    state: 'error',
    error: /^protocol\/empty_answer/,
    answer: (s) => s.write(json('200 OK', '')),
  },
  {
    name: 'status-204',
    state: 'error',
    error: /^protocol\/empty_answer/,
    answer: (s) => s.write(head('204 No Content')),
  },
  {
    name: 'status-304',
    state: 'error',
    error: /^protocol\/empty_answer/,
    answer: (s) => s.write(head('304 Not Modified')),
  },
  {
    name: 'redirect-loop',
    state: 'error',
    error: /^protocol\/redirect/,
    answer: (s, r) => s.write(head('307 Temporary Redirect', { location: r.path, 'content-length': '0' })),
  },
  ...[301, 302, 303, 307, 308].map(
    (status): Fault => ({
      name: `redirect-${status}`,
      state: 'error',
      error: /^protocol\/redirect/,
      answer: (s, r) =>
        s.write(head(`${status} Moved`, { location: `${r.elsewhere}${r.path}`, 'content-length': '0' })),
    }),
  ),
  {
    name: 'retry-after-seconds',
    state: 'complete',
    text: 'Hi',
    attempts: 2,
    answer: limited({ 'retry-after': '0.1' }),
  },
  {
    name: 'retry-after-ms',
    state: 'complete',
    text: 'Hi',
    attempts: 2,
    answer: limited({ 'retry-after-ms': '50', 'retry-after': '60' }),
  },
  {
    name: 'retry-after-nonsense',
    state: 'complete',
    text: 'Hi',
    attempts: 2,
    answer: limited({ 'retry-after': 'soon' }),
  },
  {
    name: 'retry-after-date',
    state: 'complete',
    text: 'Hi',
    attempts: 2,
    answer: (s, r) => limited({ 'retry-after': new Date(Date.now() + 900).toUTCString() })(s, r),
  },
  {
    name: 'retry-after-an-hour',
    state: 'error',
    error: /^provider\/rate_limit_error/,
    answer: limited({ 'retry-after': '3600' }),
  },
  {
    name: 'always-429',
    state: 'error',
    error: /^provider\/rate_limit_error/,
    attempts: 2,
    answer: (s, r) =>
      s.write(
        json('429 Too Many Requests', r.wire.errorBody('rate_limit_error', 'No'), { 'retry-after': '0' }),
      ),
  },
  {
    name: 'quota-spent',
    state: 'error',
    error: /^provider\/insufficient_quota/,
    answer: (s, r) =>
      s.write(json('429 Too Many Requests', r.wire.errorBody('insufficient_quota', 'Pay first'))),
  },
  {
    name: 'key-echo-401',
    state: 'error',
    error: /^provider\/authentication_error/,
    answer(s, r) {
      const sent = r.headers.find(([name]) => /^(authorization|x-api-key)$/i.test(name))?.[1] ?? '';
      s.write(
        json(
          '401 Unauthorized',
          r.wire.errorBody('authentication_error', `Incorrect API key provided: ${sent}`),
          { 'x-echo': sent },
        ),
      );
    },
  },
  {
    name: 'key-echo-in-text',
    state: 'complete',
    async answer(s, r) {
      const sent = r.headers.find(([name]) => /^(authorization|x-api-key)$/i.test(name))?.[1] ?? '';
      const all = Buffer.from(r.wire.start + r.wire.text(`You sent ${sent}!`) + r.wire.end);
      s.write(CHUNKED);
      for (let at = 0; at < all.length; at += 37) {
        s.write(chunk(all.subarray(at, at + 37)));
        await sleep(1);
      }
      s.write(LAST);
    },
  },
  {
    name: 'status-500-html',
    state: 'error',
    error: /^provider\/http_500|^provider\//,
    attempts: 2,
    answer: (s) =>
      s.write(sized('500 Internal Server Error', 'text/html', '<h1>nginx</h1>', { 'retry-after': '0' })),
  },
  {
    name: 'status-400-empty',
    state: 'error',
    error: /^provider\//,
    answer: (s) => s.write(head('400 Bad Request', { 'content-length': '0' })),
  },
  {
    name: 'close-before-headers',
    state: 'error',
    error: /^connection\//,
    attempts: 2,
    answer: (s) => s.end(),
  },
  {
    name: 'reset-before-headers',
    state: 'error',
    error: /^connection\//,
    attempts: 2,
    answer: (s) => s.resetAndDestroy(),
  },
  {
    name: 'half-a-status-line',
    state: 'error',
    error: /^(connection|protocol)\//,
    attempts: 2,
    answer: (s) => s.end('HTTP/1.1 2'),
  },
  {
    name: 'close-after-headers',
    state: 'error',
    error: /^connection\//,
    attempts: 2,
    answer: (s) => s.end(CHUNKED),
  },
  {
    name: 'bom-and-crlf',
    state: 'complete',
    text: 'Hi',
    answer: (s, r) =>
      s.write(
        CHUNKED +
          chunk(
            `\ufeff${(r.wire.start + r.wire.text('Hi') + r.wire.end).replaceAll('\n', '\r\n')}`,
          ).toString() +
          LAST,
      ),
  },
  {
    name: 'one-byte-at-a-time',
    state: 'complete',
    text: 'Hé😀',
    async answer(s, r) {
      s.setNoDelay(true);
      s.write(CHUNKED);
      const all = Buffer.from(r.wire.start + r.wire.text('Hé😀') + r.wire.end);
      for (let at = 0; at < all.length; at++) {
        s.write(chunk(all.subarray(at, at + 1)));
        if (at % 16 === 0) await sleep(0);
      }
      s.write(LAST);
    },
  },
  {
    name: 'json-for-stream',
    state: 'complete',
    text: 'Hi',
    answer: (s, r) => s.write(json('200 OK', r.wire.whole('Hi'))),
  },
  {
    name: 'json-cut',
    state: 'truncated',
    error: NO_END,
    answer: (s, r) =>
      s.end(
        head('200 OK', { 'content-type': 'application/json', connection: 'close' }) +
          r.wire.whole('Hi').slice(0, -20),
      ),
  },
  {
    name: 'json-garbage',
    state: 'error',
    error: /^protocol\/malformed_json/,
    answer: (s) => s.write(json('200 OK', 'Not { JSON')),
  },
  {
    name: 'json-of-another-api',
    state: 'error',
    error: /^protocol\/unknown_json/,
    answer: (s) => s.write(json('200 OK', '{"hello":"world"}')),
  },
  {
    name: 'stays-open-after-terminal',
    state: 'complete',
    text: 'Hi',
    answer: (s, r) => s.write(CHUNKED + chunk(begun(r) + r.wire.end)),
  },
  {
    name: 'no-blank-line-at-end',
    state: 'complete',
    text: 'Hi',
    answer: (s, r) => s.end(OPEN + begun(r) + r.wire.end.trimEnd()),
  },
  {
    name: 'reset-after-terminal',
    state: 'complete',
    text: 'Hi',
    async answer(s, r) {
      s.write(CHUNKED + chunk(begun(r) + r.wire.end));
      await sleep(60);
      s.resetAndDestroy();
    },
  },
  {
    name: 'text-after-terminal',
    state: 'complete',
    text: 'Hi',
    answer: (s, r) => s.write(CHUNKED + chunk(begun(r) + r.wire.end + r.wire.text('more')) + LAST),
  },
  {
    name: 'early-hints',
    state: 'complete',
    text: 'Hi',
    answer: (s, r) => s.write(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${ok(r)}`),
  },
  {
    name: 'comments-only',
    state: 'truncated',
    error: NO_END,
    answer: (s) => s.end(`${OPEN}: keep-alive\n\n: keep-alive\n\n`),
  },
];
