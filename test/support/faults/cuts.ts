// Faults: connections that end too early, too late or never.
import { setTimeout as sleep } from 'node:timers/promises';
import { begun, CHUNKED, chunk, type Fault, head, LAST, NO_END, OPEN, ok, STREAM } from './fault.ts';

export const CUTS: readonly Fault[] = [
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
    settings: { 'requests.idleSeconds': 0.4 },
    state: 'truncated',
    error: /^limit\/idle/,
    text: 'Hi',
    answer: (s, r) => s.write(CHUNKED + chunk(begun(r))),
  },
  {
    name: 'never-answers',
    settings: { 'requests.totalMinutes': 1 / 60 },
    state: 'error',
    error: /^limit\/total/,
    answer: () => {},
  },
  {
    name: 'slow-loris-headers',
    settings: { 'requests.totalMinutes': 1 / 60 },
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
    name: 'garbage',
    state: 'error',
    error: /^protocol\/HPE/,
    answer: (s) => s.end('\x16\x03\x01\x02\x00 what is this?\r\n\r\n'),
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
    name: 'stays-open-after-terminal',
    settings: { 'requests.idleSeconds': 0.4 },
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
    name: 'comments-only',
    state: 'truncated',
    error: NO_END,
    answer: (s) => s.end(`${OPEN}: keep-alive\n\n: keep-alive\n\n`),
  },
];
