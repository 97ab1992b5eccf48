import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SseDecoder, type SseEvent, type SseOptions } from '../../../../main/core/providers/sse.ts';

type Seen = { events: SseEvent[]; comments: number; retry: number | null; overflow: boolean };

/** Decodes the chunks one after the other. */
function decode(chunks: Iterable<Uint8Array>, options?: SseOptions): Seen {
  const events: SseEvent[] = [];
  const decoder = new SseDecoder((event) => events.push(event), options);
  for (const chunk of chunks) decoder.push(chunk);
  decoder.end();
  return { events, comments: decoder.comments, retry: decoder.retry, overflow: decoder.overflow };
}
const bytes = (text: string) => new TextEncoder().encode(text);
const eachByte = (all: Uint8Array) => Array.from(all, (_, i) => all.subarray(i, i + 1));
/** `[event, data]` pairs; an unfinished event has a third element. Whole and byte by byte must agree. */
function pairs(text: string | Uint8Array, options?: SseOptions): unknown[] {
  const all = typeof text === 'string' ? bytes(text) : text;
  const whole = decode([all], options);
  expect(decode(eachByte(all), options)).toEqual(whole);
  return whole.events.map((e) => (e.unfinished ? [e.event, e.data, 'unfinished'] : [e.event, e.data]));
}

describe('fields', () => {
  test('event and data', () =>
    expect(pairs('event: ping\ndata: {"a":1}\n\n')).toEqual([['ping', '{"a":1}']]));
  test('data without event is a message', () => expect(pairs('data: x\n\n')).toEqual([['message', 'x']]));
  test('event without data is delivered with empty data', () =>
    expect(pairs('event: ping\n\ndata: x\n\n')).toEqual([
      ['ping', ''],
      ['message', 'x'],
    ]));
  test('an empty data line is data', () =>
    expect(pairs('data:\n\ndata\n\n')).toEqual([
      ['message', ''],
      ['message', ''],
    ]));
  test('data lines are joined with a line feed', () =>
    expect(pairs('data: {\ndata: "foo":\ndata: \ndata:\ndata: true}\n\n')).toEqual([
      ['message', '{\n"foo":\n\n\ntrue}'],
    ]));
  test('one space after the colon is dropped, no more', () =>
    expect(pairs('data:  a\ndata:b\n\n')).toEqual([['message', ' a\nb']]));
  test('the event name does not stick to the next event', () =>
    expect(pairs('event: a\ndata: 1\n\ndata: 2\n\n')).toEqual([
      ['a', '1'],
      ['message', '2'],
    ]));
  test('JSON with escaped line feeds stays one line', () =>
    expect(pairs('data: {"t":"a\\n\\nb"}\n\n')).toEqual([['message', '{"t":"a\\n\\nb"}']]));
  test('U+2028, U+2029, U+0085, vertical tab and form feed end no line', () =>
    expect(pairs('data: a\u2028b\u2029c\u0085d\ve\f\n\n')).toEqual([
      ['message', 'a\u2028b\u2029c\u0085d\ve\f'],
    ]));
  test('unknown fields are ignored, and a field name is matched exactly', () =>
    expect(pairs('Data: x\ndatax: y\n data: z\nfoo\ndata: ok\n\n')).toEqual([['message', 'ok']]));
  test('id and retry are kept; neither alone makes an event', () => {
    const seen = decode([
      bytes('id: 7\nretry: 1500\n\ndata: a\n\nid: x\0y\ndata: b\n\nretry: 1s\nid\ndata: c\n\n'),
    ]);
    expect(seen.events.map((e) => [e.data, e.id])).toEqual([
      ['a', '7'],
      ['b', '7'],
      ['c', ''],
    ]);
    expect(seen.retry).toBe(1500);
  });
  test('comments are counted and give no event', () => {
    const seen = decode([bytes(': OPENROUTER PROCESSING\n\n:\n\n:x\ndata: a\n\n')]);
    expect(seen.events).toHaveLength(1);
    expect(seen.comments).toBe(3);
  });
});

describe('line ends', () => {
  const ends = ['\n', '\r', '\r\n'];
  for (const a of ends)
    for (const b of ends)
      test(`lines ended by ${JSON.stringify(a)}, events by ${JSON.stringify(b)}`, () =>
        // "\r" followed by "\n" is one line end, so this pair makes no blank line by itself
        expect(
          pairs(`event: e${a}data: 1${a}${a === '\r' && b === '\n' ? '\n' : ''}${b}data: 2${a}${b}${b}`)[0],
        ).toEqual(['e', '1']));
  test('CR and LF in two chunks are one line end', () =>
    expect(
      decode([bytes('data: foo\r'), bytes('\ndata: bar\r'), bytes('\n\r'), bytes('\n')]).events,
    ).toMatchObject([{ data: 'foo\nbar', unfinished: false }]));
  test('CR, then text in the next chunk, is a line end too', () =>
    expect(decode([bytes('data: foo\r'), bytes('data: bar\r'), bytes('\r')]).events).toMatchObject([
      { data: 'foo\nbar' },
    ]));
  test('a blank line right after a split CRLF is seen', () =>
    expect(decode([bytes('data: a\r'), bytes('\n'), bytes('\n'), bytes('data: b\n\n')]).events).toMatchObject(
      [{ data: 'a' }, { data: 'b' }],
    ));
});

describe('bytes', () => {
  test('characters split at every byte', () =>
    expect(pairs('data: известни — 日本 👩‍💻\n\n')).toEqual([['message', 'известни — 日本 👩‍💻']]));
  test('one byte order mark at the start is dropped, later ones are text', () =>
    expect(pairs('\ufeffdata: \ufeffa\n\n')).toEqual([['message', '\ufeffa']]));
  test('invalid UTF-8 becomes U+FFFD, and the stream goes on', () =>
    expect(
      pairs(Buffer.concat([bytes('data: a'), Buffer.from([0xff, 0xc3, 0x28]), bytes('b\n\ndata: c\n\n')])),
    ).toEqual([
      ['message', 'a\ufffd\ufffd(b'],
      ['message', 'c'],
    ]));
  test('a character cut by the end becomes U+FFFD', () =>
    expect(pairs(Buffer.concat([bytes('data: a'), Buffer.from([0xe2, 0x82])]))).toEqual([
      ['message', 'a\ufffd', 'unfinished'],
    ]));
});

describe('end of the stream', () => {
  test('nothing in, nothing out', () => expect(pairs('')).toEqual([]));
  test('a last event without its blank line is delivered and marked', () =>
    expect(pairs('data: a\n\ndata: [DONE]\n')).toEqual([
      ['message', 'a'],
      ['message', '[DONE]', 'unfinished'],
    ]));
  test('a last line without its end is delivered and marked', () =>
    expect(pairs('event: x\ndata: {"cut')).toEqual([['x', '{"cut', 'unfinished']]));
  test('a comment cut at the end is nothing', () =>
    expect(pairs('data: a\n\n: keep')).toEqual([['message', 'a']]));
});

describe('limits', () => {
  test('events before an oversized line are kept, everything after it is not', () => {
    const text = `data: a\n\ndata: ${'x'.repeat(100)}\n\ndata: b\n\n`;
    for (const chunks of [[bytes(text)], eachByte(bytes(text))]) {
      const seen = decode(chunks, { maxLine: 50 });
      expect(seen.events.map((e) => e.data)).toEqual(['a']);
      expect(seen.overflow).toBe(true);
    }
  });
  test('a line of exactly the limit passes', () =>
    expect(decode([bytes(`data: ${'x'.repeat(44)}\n\n`)], { maxLine: 50 }).overflow).toBe(false));
  test('many short data lines cannot get round the limit', () =>
    expect(decode([bytes('data: 0123456789\n'.repeat(6))], { maxLine: 50 }).overflow).toBe(true));
  test('a 64 MB line costs linear time', () => {
    const chunk = new Uint8Array(65_536).fill(97);
    const decoder = new SseDecoder(() => {});
    const from = performance.now();
    for (let i = 0; i < 1024; i++) decoder.push(chunk);
    decoder.end();
    expect(performance.now() - from).toBeLessThan(5000); // measured 0.18 s; quadratic would be hours
  });
});

describe('NDJSON', () => {
  test('each line that is not blank is an event', () =>
    expect(pairs('{"a":1}\r\n\n{"b":2}\n{"c"', { mode: 'ndjson' })).toEqual([
      ['message', '{"a":1}'],
      ['message', '{"b":2}'],
      ['message', '{"c"'],
    ]));
});

/** The standard, read literally over the whole text: slow, obvious, and independent of the decoder. */
function reference(all: Uint8Array): { events: unknown[]; comments: number } {
  const text = new TextDecoder().decode(all);
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.pop() as string;
  const events: unknown[] = [];
  let comments = 0;
  let event = '';
  let data: string[] = [];
  let id = '';
  const flush = (unfinished: boolean) => {
    if (data.length > 0 || event !== '')
      events.push({ event: event || 'message', data: data.join('\n'), id, unfinished });
    event = '';
    data = [];
  };
  const line = (one: string) => {
    const match = /^([^:]*)(?:: ?([\s\S]*))?$/.exec(one);
    const [, name, value = ''] = match as RegExpExecArray;
    if (name === '' && one !== '') comments++;
    else if (name === 'data') data.push(value);
    else if (name === 'event') event = value;
    else if (name === 'id' && !value.includes('\0')) id = value;
  };
  for (const one of lines) one === '' ? flush(false) : line(one);
  if (last !== '') line(last);
  flush(true);
  return { events, comments };
}

describe('properties', () => {
  const piece = fc.oneof(
    fc.constantFrom('\n', '\r', '\r\n', '\n\n', '\r\n\r\n', '\r\r', ':', ': ', ' ', '\0', '\ufeff', '\u2028'),
    fc.constantFrom(
      'data',
      'data:',
      'data: ',
      'event: ',
      'id: ',
      'retry: 3',
      'data: [DONE]',
      'event: ping\n\n',
      '{"a":"é😀"}',
    ),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
  );
  const raw = fc.oneof(
    { weight: 4, arbitrary: fc.array(piece, { maxLength: 30 }).map((all) => bytes(all.join(''))) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.constantFrom(10, 13, 58, 100, 0xff, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0xef, 0xbb, 0xbf), {
          maxLength: 40,
        })
        .map((all) => Uint8Array.from(all)),
    },
  );
  const cut = (all: Uint8Array, cuts: number[]) => {
    const at = [...new Set(cuts.map((c) => c % (all.length + 1)))].sort((a, b) => a - b);
    return [0, ...at].map((from, i) => all.subarray(from, at[i] ?? all.length));
  };

  test('any split gives what the standard gives for the whole (12,000 runs)', () => {
    fc.assert(
      fc.property(raw, fc.array(fc.nat(400), { maxLength: 12 }), (all, cuts) => {
        const seen = decode(cut(all, cuts));
        expect({ events: seen.events, comments: seen.comments }).toEqual(reference(all));
      }),
      { numRuns: 12_000 },
    );
  });
  test('any split gives the same result under a line limit, and in NDJSON (10,000 runs each)', () => {
    for (const options of [{ maxLine: 12 }, { mode: 'ndjson', maxLine: 20 }] satisfies SseOptions[])
      fc.assert(
        fc.property(raw, fc.array(fc.nat(400), { maxLength: 12 }), (all, cuts) => {
          expect(decode(cut(all, cuts), options)).toEqual(decode([all], options));
        }),
        { numRuns: 10_000 },
      );
  });
});
