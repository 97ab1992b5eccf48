import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../main/core/clock.ts';
import { type Step, sendPaced, wholeAnswerMs } from '../../../../main/core/demo/pace.ts';
import { bodyOf, post, startFastDemo } from './support/demo.ts';

const token = (text = 'x'): Step => ({ text, paced: true });
const never = new AbortController().signal;

describe('sendPaced', () => {
  test.each([60, 1000, 5000, 20_000])('keeps %i tokens per second over time', async (tokensPerSecond) => {
    const count = Math.ceil(tokensPerSecond / 2);
    let written = 0;
    const began = performance.now();
    const write = async (text: string) => {
      written += text.length;
      // At no moment may more be out than the clock allows.
      expect(written).toBeLessThanOrEqual(((performance.now() - began) * tokensPerSecond) / 1000 + 1);
    };
    await sendPaced(
      Array.from({ length: count }, () => token()),
      { firstTokenMs: 0, tokensPerSecond },
      write,
      systemClock,
      never,
    );
    const seconds = (performance.now() - began) / 1000;
    expect(written).toBe(count);
    expect(seconds).toBeGreaterThan(0.49 * ((count - 1) / count));
    // A slow machine makes one write late, not the rate: each wake-up catches up.
    expect(seconds).toBeLessThan(5);
  });

  test('sends what is not a token at once, and the first token after its delay', async () => {
    const times: [string, number][] = [];
    const began = performance.now();
    await sendPaced(
      [{ text: 'head', paced: false }, token('one'), { text: 'tail', paced: false }],
      { firstTokenMs: 120, tokensPerSecond: 100 },
      async (text) => void times.push([text, performance.now() - began]),
      systemClock,
      never,
    );
    expect(times.map(([text]) => text)).toEqual(['head', 'onetail']);
    expect(times[0]?.[1]).toBeLessThan(times[1]?.[1] ?? 0);
    expect(times[1]?.[1]).toBeGreaterThanOrEqual(119);
  });

  test('stops at once when aborted', async () => {
    const stop = new AbortController();
    const sent: string[] = [];
    const running = sendPaced(
      Array.from({ length: 100 }, () => token()),
      { firstTokenMs: 0, tokensPerSecond: 1 },
      async (text) => void sent.push(text),
      systemClock,
      stop.signal,
    );
    setTimeout(() => stop.abort(), 20);
    await expect(running).rejects.toThrow();
    expect(sent).toEqual(['x']);
  });

  test('waits for a slow reader', async () => {
    let open = 0;
    await sendPaced(
      Array.from({ length: 50 }, () => token()),
      { firstTokenMs: 0, tokensPerSecond: 10_000 },
      async () => {
        expect(++open).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        open--;
      },
      systemClock,
      never,
    );
  });
});

test('an unstreamed answer takes as long as its stream', () => {
  expect(wholeAnswerMs({ firstTokenMs: 250, tokensPerSecond: 50 }, 101)).toBe(2250);
});

test('settings hold for the next answer', async () => {
  let pace = { firstTokenMs: 0, tokensPerSecond: 20_000 };
  const demo = await startFastDemo({ settings: () => pace });
  const time = async () => {
    const began = performance.now();
    await (await post(demo.origin, 'chat', bodyOf('chat', { max_tokens: 5, stream: true }))).text();
    return performance.now() - began;
  };
  await time();
  pace = { firstTokenMs: 300, tokensPerSecond: 20 };
  expect(await time()).toBeGreaterThanOrEqual(499);
  await demo.close();
});
