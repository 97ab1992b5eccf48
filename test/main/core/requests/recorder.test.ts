import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Ending, NewEntry, Recorded } from '../../../../main/core/history/records.ts';
import { startRecorder } from '../../../../main/core/requests/recorder.ts';
import { createRecordings } from '../../../../main/core/requests/recordings.ts';
import { AppError } from '../../../../preload/contract/errors.ts';
import { draft, memorySink } from '../../../support/sender.ts';

const entry: NewEntry = { id: 'a', at: 0, draft: draft({}), keyName: null, model: null, prompt: '' };
const bytes = (size: number): Recorded => ({ k: 'bytes', n: 1, t: 0, bytes: new Uint8Array(size) });
const ending = { state: 'complete' } as Ending;
/** Vitest's faked Date stands for the monotonic clock. */
const clock = { now: () => Date.now(), mono: () => Date.now() };
/** Time that is spent waiting for a disk: no timer runs meanwhile. */
let waited = 0;
const slowClock = { now: () => Date.now(), mono: () => Date.now() + waited };
const quiet = { warn: vi.fn(), error: vi.fn() };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

function start() {
  const sink = memorySink();
  const recorder = startRecorder({ sink, log: quiet, clock, inMemory: false }, entry);
  const kept = sink.kept.get('a');
  if (!kept) throw new Error('not begun');
  return { recorder, kept };
}

describe('batches', () => {
  test('the entry is there before anything else', () => expect(start().kept.entry).toBe(entry));
  test('few bytes wait 250 ms, no longer', () => {
    const { recorder, kept } = start();
    recorder.record(bytes(10));
    recorder.text('x');
    vi.advanceTimersByTime(249);
    expect(kept.appends).toBe(0);
    recorder.record(bytes(10)); // does not put it off
    vi.advanceTimersByTime(1);
    expect(kept).toMatchObject({ appends: 1, answer: 'x' });
    expect(kept.records).toHaveLength(2);
  });
  test('4 KB go at once, after the turn that brought them', () => {
    const { recorder, kept } = start();
    for (let i = 0; i < 50; i++) recorder.record(bytes(1000));
    expect(kept.appends).toBe(0);
    vi.advanceTimersByTime(0);
    expect(kept.appends).toBe(1);
    expect(kept.records).toHaveLength(50);
  });
  test('a fast stream is committed each 4 KB, whatever it brings in a second', () => {
    const { recorder, kept } = start();
    let sent = 0;
    for (let ms = 0; ms < 2000; ms++) {
      for (let i = 0; i < 5; i++, sent++) recorder.record(bytes(150));
      vi.advanceTimersByTime(1);
      // 4,096 bytes are 28 records; what the same millisecond brings may come on top.
      expect(sent - kept.records.length).toBeLessThan(28 + 5);
    }
    expect(kept.records.length).toBeGreaterThan(9_900);
  });
  test.each([
    { disk: 'a quick disk', ms: 0.3, atMost: 28 + 10 },
    { disk: 'a slow disk, which must not stop the stream', ms: 20, atMost: (20 * 4 + 2) * 5 },
    { disk: 'a very slow disk: 250 ms are the longest rest', ms: 200, atMost: (200 + 250 + 2) * 5 },
  ])('$disk', ({ ms, atMost }) => {
    const sink = memorySink();
    const late = {
      ...sink,
      append: (...args: Parameters<typeof sink.append>) => {
        waited += ms;
        sink.append(...args);
      },
    };
    const recorder = startRecorder({ sink: late, log: quiet, clock: slowClock, inMemory: false }, entry);
    const kept = sink.kept.get('a');
    if (!kept) throw new Error('not begun');
    let sent = 0;
    let most = 0;
    const began = slowClock.mono();
    while (slowClock.mono() - began < 3000) {
      for (let i = 0; i < 5; i++, sent++) recorder.record(bytes(150));
      vi.advanceTimersByTime(1);
      most = Math.max(most, sent - kept.records.length);
    }
    expect(most).toBeLessThanOrEqual(atMost);
    const share = ms / (ms + Math.min(3 * ms, 250));
    expect((kept.appends * ms) / 3000).toBeLessThan(share + 0.05);
  });
  test('the end writes what is left, then finishes; nothing after that', () => {
    const { recorder, kept } = start();
    recorder.record(bytes(1));
    recorder.finish(ending);
    expect(kept).toMatchObject({ appends: 1, ending });
    vi.advanceTimersByTime(1000);
    expect(kept.appends).toBe(1);
  });
});

describe('a history that cannot be written', () => {
  const full = () => {
    throw new AppError('DISK_FULL', 'Full.');
  };
  test('is told once, is tried again each second, and costs the request nothing', () => {
    const append = vi.fn(full);
    const finish = vi.fn();
    const recorder = startRecorder(
      { sink: { ...memorySink(), append, finish }, log: quiet, clock, inMemory: false },
      entry,
    );
    for (let i = 0; i < 10; i++) {
      recorder.record(bytes(5000));
      vi.advanceTimersByTime(300);
    }
    expect(recorder.unkept()).toMatchObject({ all: false, records: { length: 10 } });
    expect(append).toHaveBeenCalledTimes(4); // at once, then after 1, 2 and 3 s
    expect(quiet.warn).toHaveBeenCalledTimes(1);
    recorder.finish(ending);
    // The row is finished all the same: it must not look as if it were still running.
    expect(finish).toHaveBeenCalledExactlyOnceWith(entry.id, ending);
    const { length } = append.mock.calls;
    vi.advanceTimersByTime(10_000);
    expect(append).toHaveBeenCalledTimes(length);
  });
  test('gets everything once there is room again, the beginning included', () => {
    const kept = memorySink();
    let room = false;
    const begin = vi.fn((row: typeof entry) => (room ? kept.begin(row) : full()));
    const append = vi.fn((...args: Parameters<typeof kept.append>) => (room ? kept.append(...args) : full()));
    const recorder = startRecorder(
      { sink: { ...kept, begin, append }, log: quiet, clock, inMemory: false },
      entry,
    );
    recorder.record(bytes(10));
    recorder.text('one ');
    vi.advanceTimersByTime(1500);
    recorder.record(bytes(20));
    recorder.text('two');
    expect(recorder.unkept()).toMatchObject({ all: true, records: { length: 2 } });
    room = true;
    vi.advanceTimersByTime(1000);
    expect(recorder.unkept()).toEqual({ all: false, records: [] });
    expect(append).toHaveBeenLastCalledWith(entry.id, expect.objectContaining({ length: 2 }), 'one two');
  });
  test('an unknown fault is logged as one', () => {
    const begin = () => {
      throw new TypeError('bug');
    };
    const recorder = startRecorder(
      { sink: { ...memorySink(), begin }, log: quiet, clock, inMemory: false },
      entry,
    );
    expect(quiet.error).toHaveBeenCalledTimes(1);
    recorder.record(bytes(1));
    expect(recorder.unkept()).toMatchObject({ all: true, records: { length: 1 } });
  });
});

describe('what is not on disk', () => {
  test('the batch being gathered, until it is written', () => {
    const { recorder } = start();
    recorder.record(bytes(1));
    expect(recorder.unkept()).toMatchObject({ all: false, records: { length: 1 } });
    vi.advanceTimersByTime(250);
    expect(recorder.unkept().records).toEqual([]);
  });
  test('everything, with the history off', () => {
    const recorder = startRecorder({ sink: memorySink(), log: quiet, clock, inMemory: true }, entry);
    recorder.record(bytes(5000));
    vi.advanceTimersByTime(250);
    recorder.record(bytes(1));
    recorder.finish(ending);
    expect(recorder.unkept()).toMatchObject({ all: true, records: { length: 2 } });
  });
  test('kept requests are forgotten at their end, others are dropped above the bound, oldest first', () => {
    const recordings = createRecordings(10_000);
    const run = (id: string, records: Recorded[]) => {
      recordings.start(id, draft({}), { unkept: () => ({ all: true, records }) });
      expect(recordings.get(id)?.records).toBe(records);
      recordings.end(id);
    };
    run('kept', []);
    for (const id of ['a', 'b', 'c'])
      run(
        id,
        Array.from({ length: 4 }, () => bytes(800)),
      );
    expect(['kept', 'a', 'b', 'c'].map((id) => recordings.get(id) !== null)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
