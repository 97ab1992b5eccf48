import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recorded } from '../../../../main/core/history/records.ts';
import { createAnthropicInterpreter } from '../../../../main/core/providers/interpret/anthropic-messages.ts';
import type { Interpreter } from '../../../../main/core/providers/provider.ts';
import { MAX_EVENTS, RecordDecoder } from '../../../../main/core/requests/record-decoder.ts';
import { eventData, replay, responseText } from '../../../../main/core/requests/replay.ts';
import { jsonSize, MAX_PAYLOAD_CHARS } from '../../../../main/core/rpc/batcher.ts';
import type { SendEvent } from '../../../../preload/contract/requests.ts';
import { draft } from '../../../support/sender.ts';
import { ANTHROPIC as W } from '../../../support/wire-samples.ts';

const timing = { startedAt: 0, connect: null, headers: 1, firstByte: null, end: null };
const attempt = (n: number, t = n): Recorded => ({
  k: 'attempt',
  n,
  t,
  method: 'POST',
  url: 'http://x/',
  headers: [],
  bodyBytes: 0,
});
const head = (n: number, type = 'text/event-stream', status = 200, t = n): Recorded => ({
  k: 'head',
  n,
  t,
  status,
  statusText: '',
  headers: [
    ['Content-Type', type],
    ['request-id', `req_${n}`],
  ],
  timing,
});
const bytes = (n: number, t: number, data: string | Uint8Array): Recorded => ({
  k: 'bytes',
  n,
  t,
  bytes: Buffer.from(data as string),
});

function decode(
  records: Recorded[],
  interpreter: () => Interpreter = createAnthropicInterpreter,
  maxLine?: number,
) {
  const events: SendEvent[] = [];
  const decoder = new RecordDecoder({
    interpreter,
    emit: (event) => events.push(event),
    ...(maxLine ? { maxLine } : {}),
  });
  for (const record of records) decoder.push(record);
  decoder.flush();
  const evs = events.filter((event) => event.k === 'ev');
  return { events, evs, outcome: { ...decoder.outcome, answer: decoder.answer } };
}
const STREAM = W.start + W.text('Hel') + W.text('lo') + W.end;

describe('streams', () => {
  test('each event has the time of the bytes that completed it', () => {
    const at = STREAM.indexOf('"Hel"');
    const { evs, outcome } = decode([
      attempt(1),
      head(1),
      bytes(1, 10, STREAM.slice(0, at)),
      bytes(1, 20, STREAM.slice(at)),
    ]);
    expect(evs.map(({ t }) => t)).toEqual([10, 10, 20, 20, 20, 20, 20]);
    expect(evs.map(({ e }) => e)).toContain('message_start');
    expect(outcome).toMatchObject({
      terminal: true,
      answer: 'Hello',
      ttft: 20,
      finish: 'end_turn',
      model: 'sample-1',
      requestId: 'req_1',
      bytes: STREAM.length,
    });
  });

  test('the preview is 200 characters, the size that of the whole', () => {
    const data = JSON.stringify({ type: 'ping', fill: 'x'.repeat(9000) });
    const { evs } = decode([attempt(1), head(1), bytes(1, 1, `data: ${data}\n\n`)]);
    expect(evs[0]).toMatchObject({ p: data.slice(0, 200), z: data.length });
  });

  test('text of two lanes in one event comes as two, with one index; long text in parts', () => {
    const interpreter = (): Interpreter => ({
      event: () => [
        { kind: 'text', lane: 'thinking', text: 'hm' },
        { kind: 'text', lane: 'thinking', text: 'm' },
        { kind: 'text', lane: 'text', text: 'y'.repeat(120_000) },
      ],
      body: () => [],
    });
    const { evs } = decode([attempt(1), head(1), bytes(1, 1, 'data: x\n\ndata: y\n\n')], interpreter);
    expect(evs.map(({ i, l, s, p }) => [i, l, s?.length, p])).toEqual([
      [0, 'thinking', 3, 'x'],
      [0, 'text', 50_000, ''],
      [0, 'text', 50_000, ''],
      [0, 'text', 20_000, ''],
      [1, 'thinking', 3, 'y'],
      [1, 'text', 50_000, ''],
      [1, 'text', 50_000, ''],
      [1, 'text', 20_000, ''],
    ]);
  });

  test('a line above the bound stops the decoding and is told', () => {
    const { evs, outcome } = decode(
      [attempt(1), head(1), bytes(1, 1, `data: a\n\ndata: ${'x'.repeat(200)}`)],
      undefined,
      100,
    );
    expect(evs).toHaveLength(1);
    expect(outcome.overflow).toBe('line');
  });

  test('the number of events is bounded', () => {
    const { evs, outcome } = decode(
      [attempt(1), head(1), bytes(1, 1, 'data:\n\n'.repeat(MAX_EVENTS + 5))],
      () => ({ event: () => [], body: () => [] }),
    );
    expect(evs).toHaveLength(MAX_EVENTS);
    expect(outcome.overflow).toBe('events');
  });

  test('an event cut by the end is shown, but its broken JSON is no error of its own', () => {
    const { evs, outcome } = decode([
      attempt(1),
      head(1),
      bytes(1, 1, `${W.start}data: {"type":"content_bl`),
    ]);
    expect(evs.at(-1)?.p).toBe('{"type":"content_bl');
    expect(outcome.error).toBeNull();
  });

  test('broken JSON within the stream is; a later error of the provider goes first', () => {
    const bad = 'data: {oops}\n\n';
    expect(decode([attempt(1), head(1), bytes(1, 1, bad + W.end)]).outcome.error?.type).toBe(
      'malformed_event',
    );
    expect(decode([attempt(1), head(1), bytes(1, 1, bad + W.error)]).outcome.error?.type).toBe(
      'overloaded_error',
    );
  });
});

describe('bodies', () => {
  const body = (type: string, data: string | Uint8Array, status = 200) =>
    decode([attempt(1), head(1, type, status), bytes(1, 5, data)]);
  test('a whole answer is one event, at the time of its last byte', () => {
    const { evs, outcome } = body('application/json', W.whole('Hi'));
    expect(evs).toMatchObject([{ i: 0, t: 5, e: 'body', l: 'text', s: 'Hi' }]);
    expect(outcome).toMatchObject({ body: 'json', terminal: true, answer: 'Hi' });
  });
  test('an error body is read whatever its content type', () => {
    expect(body('text/event-stream', W.errorBody('x_error', 'No'), 400).outcome).toMatchObject({
      error: { type: 'x_error', message: 'No' },
      requestId: 'req_1',
    });
    expect(body('text/html', '<h1>502</h1>', 502).outcome.error).not.toBeNull();
  });
  test.each([
    ['application/json', '{"a":', 'cut'],
    ['application/json', '{"a" 1}', 'malformed'],
    ['application/problem+json', '{}', 'json'],
    ['text/plain', 'hello', 'text'],
    ['', 'hello', 'text'],
    ['image/png', '\u0000\u0001\u0002', 'binary'],
  ])('%s %j is %s', (type, data, verdict) => expect(body(type, data).outcome.body).toBe(verdict));
  test('bytes are described, not shown', () =>
    expect(body('image/png', Buffer.from([0, 1, 2])).evs[0]?.p).toBe('3 bytes of image/png'));
});

describe('attempts', () => {
  test('a failed one leaves its body as an event, and nothing in the outcome of the next', () => {
    const wait: Recorded = {
      k: 'wait',
      n: 1,
      t: 3,
      ms: 5,
      reason: { status: 429, because: '429', source: 'backoff' },
    };
    const { events, evs, outcome } = decode([
      attempt(1),
      head(1, 'application/json', 429),
      bytes(1, 2, W.errorBody('rate_limit_error', 'Slow')),
      head(1, 'application/json', 429, 2),
      wait,
      attempt(2, 4),
      head(2, 'text/event-stream', 200, 5),
      bytes(2, 6, STREAM),
      head(2, 'text/event-stream', 200, 7),
    ]);
    expect(events.map(({ k }) => k).filter((k) => k !== 'usage' && k !== 'ev')).toEqual([
      'attempt',
      'head',
      'head',
      'wait',
      'attempt',
      'head',
      'head',
    ]);
    expect(events.findIndex(({ k }) => k === 'wait')).toBeGreaterThan(
      events.findIndex(({ k }) => k === 'ev'),
    );
    expect(evs[0]).toMatchObject({ i: 0, e: 'body' });
    expect(evs[1]).toMatchObject({ i: 1, e: 'message_start' });
    expect(outcome).toMatchObject({ error: null, terminal: true, requestId: 'req_2', bytes: STREAM.length });
  });
});

describe('replay and parts', () => {
  const entry = { id: 'r1', at: 5, draft: draft({ provider: 'anthropic' }), end: null };
  const settings = { interpreter: createAnthropicInterpreter, maxLine: 1e9, maxBody: 1e9 };
  const records = [attempt(1), head(1), bytes(1, 3, STREAM), head(1, 'text/event-stream', 200, 4)];

  test('without an end, the request was interrupted, with all that had come', async () => {
    const events: SendEvent[] = [];
    for await (const event of replay(
      records.slice(0, 2).concat(bytes(1, 3, W.start + W.text('Hal'))),
      entry,
      settings,
    ))
      events.push(event);
    expect(events[0]).toMatchObject({ k: 'start', id: 'r1', at: 5 });
    expect(events.at(-1)).toMatchObject({ k: 'end', state: 'interrupted', t: 3, ttft: 3, model: 'sample-1' });
  });
  test('can be given up', async () => {
    const abort = new AbortController();
    let count = 0;
    const many = function* () {
      yield attempt(1);
      yield head(1);
      for (let i = 0; i < 100_000; i++) yield bytes(1, i, 'data: x\n\n');
    };
    for await (const _ of replay(many(), entry, settings, abort.signal)) if (++count === 300) abort.abort();
    expect(count).toBeLessThan(1000);
  });
  test('the data of one event, whole, up to its bound', () => {
    expect(eventData(records, 2, settings)).toMatchObject({ event: 'content_block_delta', truncated: false });
    expect(JSON.parse(eventData(records, 2, settings)?.data ?? '')).toMatchObject({ delta: { text: 'Hel' } });
    expect(eventData(records, 99, settings)).toBeNull();
    const large = [attempt(1), head(1), bytes(1, 1, `data: ${'x'.repeat(400_000)}\n\n`)];
    expect(eventData(large, 0, settings)).toMatchObject({ data: 'x'.repeat(300_000), truncated: true });
    // Text that is longer as JSON is cut earlier: it has to fit a message.
    for (const unit of ['"', '\\u0000"', '😀']) {
      const quoted = [attempt(1), head(1), bytes(1, 1, `data: ${unit.repeat(400_000)}\n\n`)];
      const found = eventData(quoted, 0, settings);
      expect(found?.truncated).toBe(true);
      expect(jsonSize(found)).toBeLessThan(MAX_PAYLOAD_CHARS);
      expect(jsonSize(found)).toBeGreaterThan(MAX_PAYLOAD_CHARS * 0.8);
    }
  });
  test('the body of the last attempt, in pieces that hold whole characters', () => {
    const text = '😀é'.repeat(80_000);
    const all = Buffer.from(text);
    const pieces = [
      ...responseText([
        attempt(1),
        bytes(1, 1, 'first'),
        attempt(2),
        ...Array.from({ length: 40 }, (_, i) =>
          bytes(2, i, all.subarray((i * all.length) / 40, ((i + 1) * all.length) / 40)),
        ),
      ]),
    ];
    expect(pieces.map(({ s }) => s).join('')).toBe(text);
    for (const { s } of pieces) expect(s.isWellFormed() && s.length <= 100_001).toBe(true);
  });
});

test('any split of the bytes gives the same events but for their times (10,000 runs)', () => {
  const all = Buffer.from(W.start + W.text('Hé😀') + W.text('"\\n') + W.end);
  const plain = (records: Recorded[]) =>
    JSON.stringify(decode(records).events.map((event) => ('t' in event ? { ...event, t: 0 } : event)));
  const whole = plain([attempt(1), head(1), bytes(1, 1, all)]);
  fc.assert(
    fc.property(fc.array(fc.nat(all.length), { maxLength: 8 }), (cuts) => {
      const at = [...new Set(cuts)].sort((a, b) => a - b);
      const pieces = [0, ...at].map((from, i) => bytes(1, i, all.subarray(from, at[i] ?? all.length)));
      expect(plain([attempt(1), head(1), ...pieces])).toBe(whole);
    }),
    { numRuns: 10_000 },
  );
});
