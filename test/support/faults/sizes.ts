// Faults: more than anybody can hold, and damaged compression.
import { gzipSync } from 'node:zlib';
import { begun, type Fault, flood, head, OPEN, STREAM } from './fault.ts';

export const SIZES: readonly Fault[] = [
  {
    name: 'line-of-10-mb',
    state: 'truncated',
    error: /^limit\/line/,
    text: 'Hi',
    async answer(s, r) {
      s.write(`${OPEN}${begun(r)}data: `);
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
    error: /^limit\/(body|events|total)/,
    text: 'Hi',
    async answer(s, r) {
      s.write(OPEN + begun(r));
      await flood(s, Buffer.from(`event: ping\ndata: {"fill":"${'x'.repeat(500)}"}\n\n`.repeat(1000)), 40);
      s.end();
    },
  },
  {
    name: 'gzip-bomb',
    state: 'truncated',
    error: /^limit\/(body|events|total)/,
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
];
