import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Batcher, jsonSize } from '../../../../main/core/rpc/batcher.ts';
import { BATCH, BATCH_MS } from '../../../../preload/contract/frames.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const frames: unknown[][] = [];
  const batcher = new Batcher((events) => frames.push(events));
  return { frames, batcher };
}
const turn = () => vi.advanceTimersByTime(0);

describe('a stream in frames', () => {
  it('begins at once', () => {
    const { frames, batcher } = start();
    batcher.push(1);
    expect(frames).toEqual([[1]]);
  });

  it('lets what is waited for go with its own turn of the event loop', () => {
    const { frames, batcher } = start();
    batcher.push('start');
    for (const event of ['attempt', 'head', 'first token']) {
      vi.advanceTimersByTime(1);
      batcher.push(event);
      turn();
    }
    expect(frames.flat()).toEqual(['start', 'attempt', 'head', 'first token']);
    expect(frames).toHaveLength(4);
  });

  it('puts the events of one turn into one frame', () => {
    const { frames, batcher } = start();
    batcher.push(0);
    for (let i = 1; i <= 10; i++) batcher.push(i);
    turn();
    expect(frames.map((frame) => frame.length)).toEqual([1, 10]);
  });

  it(`sends one frame per ${BATCH_MS} ms while events keep coming`, () => {
    const { frames, batcher } = start();
    for (let ms = 0; ms < 1000; ms++) {
      batcher.push(ms);
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(BATCH_MS);
    expect(frames.flat()).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(frames.length).toBeGreaterThan(100);
    expect(frames.length).toBeLessThanOrEqual(1000 / BATCH_MS + 6);
  });

  it('closes a frame that is full without waiting', () => {
    const { frames, batcher } = start();
    for (let i = 0; i < 1 + 3 * BATCH; i++) batcher.push(i);
    expect(frames.map((frame) => frame.length)).toEqual([1, BATCH, BATCH, BATCH]);
  });

  it('sends nothing after it was dropped', () => {
    const { frames, batcher } = start();
    batcher.push(1);
    batcher.push(2);
    batcher.drop();
    vi.advanceTimersByTime(100);
    expect(frames).toEqual([[1]]);
  });
});

it('the size of a value is never below that of its JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => jsonSize(value) >= JSON.stringify(value).length),
    { numRuns: 5000, examples: [['\u0000\n"\\'.repeat(100)], [-Number.MAX_VALUE]] },
  );
});
