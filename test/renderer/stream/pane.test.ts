import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lane, SendEvent } from '../../../preload/contract/requests.ts';
import { feed } from '../../../renderer/stream/feed.ts';
import { FlushScheduler } from '../../../renderer/stream/flush-scheduler.ts';
import { Pane } from '../../../renderer/stream/pane.ts';
import { FakeFrames } from './fake-frames.ts';

const setUp = () => {
  const frames = new FakeFrames();
  return { frames, pane: new Pane(new FlushScheduler(frames)) };
};
let serial = 0;
const ev = (t: number, text?: string, lane: Lane = 'text', name = 'delta'): SendEvent => ({
  k: 'ev',
  i: serial++,
  t,
  e: name,
  p: JSON.stringify({ text }),
  z: 20,
  ...(text === undefined ? {} : { l: lane, s: text }),
});
const attempt: SendEvent = {
  k: 'attempt',
  n: 1,
  t: 1,
  method: 'POST',
  url: 'http://127.0.0.1/v1',
  headers: [],
  bodyBytes: 2,
};
const head: SendEvent = {
  k: 'head',
  n: 1,
  t: 40,
  status: 200,
  statusText: 'OK',
  headers: [],
  timing: { startedAt: 1, connect: 2, headers: 39, firstByte: 40, end: null },
};
const end = (state: 'complete' | 'truncated' = 'complete'): SendEvent => ({
  k: 'end',
  t: 500,
  state,
  finish: 'end_turn',
  error: null,
  ttft: 60,
  model: 'm',
  requestId: 'r',
  bytes: 99,
  usage: { input: 5, output: 7, cacheRead: null, cacheWrite: null, reasoning: null },
});
class Sink {
  written: [Lane, string][] = [];
  ended = 0;
  write(lane: Lane, text: string) {
    this.written.push([lane, text]);
  }
  end() {
    this.ended++;
  }
}

describe('Pane', () => {
  it('writes nothing before a frame and then each lane as one piece', () => {
    const { frames, pane } = setUp();
    const sink = new Sink();
    pane.attach(sink);
    for (const part of ['a', 'b', 'c']) pane.push(ev(1, part, 'thinking'));
    pane.push(ev(2, 'd'));
    expect(sink.written).toEqual([]);
    frames.tick();
    expect(sink.written).toEqual([
      ['thinking', 'abc'],
      ['text', 'd'],
    ]);
  });

  it('gives a sink that comes late everything, in order and once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom<Lane>('text', 'thinking', 'tool'), fc.string({ minLength: 1 })), {
          maxLength: 40,
        }),
        fc.nat(40),
        fc.array(fc.boolean(), { maxLength: 40 }),
        (parts, when, flushes) => {
          const { frames, pane } = setUp();
          const sink = new Sink();
          parts.forEach(([lane, text], i) => {
            if (i === when) pane.attach(sink);
            pane.push(ev(i, text, lane));
            if (flushes[i]) frames.tick();
          });
          if (when >= parts.length) pane.attach(sink);
          frames.tick();
          const all = (list: [Lane, string][]) => list.map(([lane, text]) => `${lane}:${text}`).join('');
          const merged: [Lane, string][] = [];
          for (const [lane, text] of sink.written) {
            const last = merged.at(-1);
            if (last?.[0] === lane) last[1] += text;
            else merged.push([lane, text]);
          }
          expect(all(merged)).toBe(all(pane.runs.map((run) => [run.lane, run.text])));
          expect(merged.map(([, text]) => text).join('')).toBe(parts.map(([, text]) => text).join(''));
        },
      ),
    );
  });

  it('goes through its phases and tells of each in the next frame', () => {
    const { frames, pane } = setUp();
    const phases: string[] = [];
    pane.subscribe(() => phases.push(pane.facts.phase));
    const steps: SendEvent[] = [attempt, head, ev(60, 'x'), end()];
    pane.begin(true);
    frames.tick(1);
    for (const step of steps) {
      pane.push(step);
      frames.tick(1);
    }
    expect(phases).toEqual(['sending', 'sending', 'waiting', 'streaming', 'ended']);
    expect(pane.facts.ttft).toBe(60);
    expect(pane.facts.usage?.output).toBe(7);
  });

  it('keeps a wait with the attempt it followed', () => {
    const { pane } = setUp();
    pane.push(attempt);
    pane.push({ ...head, status: 429 } as SendEvent);
    pane.push({
      k: 'wait',
      n: 1,
      t: 50,
      ms: 2000,
      reason: { status: 429, because: '429 rate_limit_error', source: 'retry-after' },
    });
    expect(pane.facts.phase).toBe('retrying');
    pane.push({ ...attempt, n: 2, t: 2050 } as SendEvent);
    expect(pane.facts.attempts.map((one) => [one.head?.status ?? null, one.wait?.ms ?? null])).toEqual([
      [429, 2000],
      [null, null],
    ]);
  });

  it('marks a gap that stands out, and no even rhythm however slow', () => {
    const { pane } = setUp();
    for (let t = 0; t < 10; t++) pane.push(ev(400 + t * 300, 'x'));
    expect(pane.events.row(9).late).toBe(false);
    const quick = setUp().pane;
    for (let t = 0; t < 10; t++) quick.push(ev(400 + t * 10, 'x'));
    quick.push(ev(702, 'x'));
    expect(quick.events.row(10).late).toBe(true);
    expect(quick.maxGap).toEqual({ from: 490, to: 702 });
  });

  it('counts no wait as a gap: neither for the first text nor for the next try', () => {
    const { pane } = setUp();
    pane.push(attempt);
    pane.push(ev(20, undefined, 'text', 'body'));
    pane.push({ ...attempt, n: 2 } as SendEvent);
    for (const t of [900, 901, 902]) pane.push(ev(t, undefined, 'text', 'ping'));
    pane.push(ev(1400, 'x'));
    expect(pane.maxGap).toBeNull();
    pane.push(ev(1430, 'x'));
    expect(pane.maxGap).toEqual({ from: 1400, to: 1430 });
    expect([0, 1, 2, 3, 4, 5].map((row) => pane.events.row(row).late)).not.toContain(true);
  });

  it('knows the gaps of a stream without text', () => {
    const { pane } = setUp();
    for (const t of [10, 20, 30, 400]) pane.push(ev(t, undefined, 'text', 'message'));
    expect(pane.maxGap).toEqual({ from: 30, to: 400 });
    expect(pane.events.row(3).late).toBe(true);
  });

  it('adds more text of the same event to its row', () => {
    const { frames, pane } = setUp();
    const first = ev(60, 'think', 'thinking');
    pane.push(first);
    pane.push({ ...first, p: '', z: 0, l: 'text', s: 'say' } as SendEvent);
    frames.tick();
    expect(pane.events.length).toBe(1);
    expect(pane.events.row(0).preview).toBe('{"text":"think"}');
    expect(pane.runs).toEqual([
      { lane: 'thinking', text: 'think' },
      { lane: 'text', text: 'say' },
    ]);
    expect(pane.arrivals.sum(0, 100)).toEqual({ chars: 8, events: 1, texts: 2 });
  });

  it('takes a head that comes again for its timing, and goes on streaming', () => {
    const { pane } = setUp();
    for (const step of [attempt, head, ev(60, 'x')]) pane.push(step);
    const timing = { ...(head as Extract<SendEvent, { k: 'head' }>).timing, end: 300 };
    pane.push({ ...head, timing } as SendEvent);
    expect(pane.facts.phase).toBe('streaming');
    expect(pane.facts.attempts[0]?.head?.timing.end).toBe(300);
  });

  it('ends its sinks once, after the last text', () => {
    const { pane } = setUp();
    const sink = new Sink();
    pane.attach(sink);
    pane.push(ev(1, 'last'));
    pane.push(end());
    expect(sink.written).toEqual([['text', 'last']]);
    expect(sink.ended).toBe(1);
    pane.abandon('cancelled', null);
    expect(sink.ended).toBe(1);
    expect(pane.facts.end?.state).toBe('complete');
  });
});

describe('feed', () => {
  async function* events(list: SendEvent[], failure?: Error): AsyncGenerator<SendEvent> {
    yield* list;
    if (failure) throw failure;
  }
  const coded = (code: string) => Object.assign(new Error('One clear sentence.'), { code });

  it('fills live and stored panes alike', async () => {
    const list = [attempt, head, ev(60, 'Hello '), ev(70, 'you'), end()];
    const [live, stored] = [setUp().pane, setUp().pane];
    await feed(live, events(list));
    await feed(stored, events(list), false);
    const seen = (pane: Pane) => ({ facts: pane.facts, runs: pane.runs, rows: pane.events.length });
    expect(seen(live)).toEqual(seen(stored));
    expect(live.startedAt).not.toBeNull();
    expect(stored.startedAt).toBeNull();
  });

  it('ends as cancelled with its text when it was stopped', async () => {
    const { pane } = setUp();
    await feed(pane, events([attempt, ev(5, 'part')], coded('CANCELLED')));
    expect(pane.facts.end?.state).toBe('cancelled');
    expect(pane.text()).toBe('part');
  });

  it('shows a refusal before sending as an error of the app with its sentence', async () => {
    const { pane } = setUp();
    await feed(pane, events([], coded('KEY_WRONG_ORIGIN')));
    expect(pane.facts.end?.error).toMatchObject({
      source: 'app',
      type: 'KEY_WRONG_ORIGIN',
      message: 'One clear sentence.',
    });
  });

  it('takes a stream without its end as truncated, never as complete', async () => {
    const { pane } = setUp();
    await feed(pane, events([attempt, ev(5, 'part')]));
    expect(pane.facts.end?.state).toBe('truncated');
  });
});
