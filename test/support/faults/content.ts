// Faults: answers that are not what they should be, or only look wrong.
import { setTimeout as sleep } from 'node:timers/promises';
import { begun, CHUNKED, chunk, type Fault, head, json, LAST, NO_END, OPEN, ok, sized } from './fault.ts';

export const CONTENT: readonly Fault[] = [
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
    name: 'error-event',
    state: 'error',
    error: /^provider\/overloaded_error/,
    text: 'Hi',
    answer: (s, r) => s.write(CHUNKED + chunk(begun(r) + r.wire.error) + LAST),
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
];
