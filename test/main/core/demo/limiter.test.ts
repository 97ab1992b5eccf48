import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoServer, startDemoServer } from '../../../../main/core/demo/demo-server.ts';
import { goDuration } from '../../../../main/core/demo/family.ts';
import { createLimiter, DEFAULT_LIMITS } from '../../../../main/core/demo/limiter.ts';
import { bodyOf, post } from './support/demo.ts';

const START = Date.parse('2026-11-20T10:00:00.250Z');

/** A clock that jumps only when told. */
function jumpClock() {
  let t = 0;
  return {
    now: () => START + t,
    mono: () => t,
    jump(ms: number) {
      t += ms;
    },
  };
}

describe('limiter', () => {
  const cost = { inputTokens: 10, outputTokens: 100 };

  test('counts each budget down and refills all when the window ends', () => {
    const clock = jumpClock();
    const limiter = createLimiter(clock, () => ({
      requests: 3,
      inputTokens: 100,
      outputTokens: 1000,
      windowMs: 60_000,
    }));
    expect(limiter.charge('a', cost)).toMatchObject({
      requests: { limit: 3, remaining: 2 },
      inputTokens: { limit: 100, remaining: 90 },
      outputTokens: { limit: 1000, remaining: 900 },
      resetMs: 60_000,
      refused: null,
    });
    clock.jump(10_000);
    expect(limiter.charge('a', cost)).toMatchObject({ requests: { remaining: 1 }, resetMs: 50_000 });
    expect(limiter.charge('b', cost)).toMatchObject({ requests: { remaining: 2 } });
    limiter.charge('a', cost);
    expect(limiter.charge('a', cost)).toMatchObject({
      refused: 'requests',
      requests: { remaining: 0 },
      outputTokens: { remaining: 700 },
    });
    clock.jump(50_000);
    expect(limiter.charge('a', cost)).toMatchObject({ refused: null, requests: { remaining: 2 } });
  });

  test('refuses by tokens too, but never a first request', () => {
    const limiter = createLimiter(jumpClock(), () => ({ ...DEFAULT_LIMITS, outputTokens: 150 }));
    expect(limiter.charge('a', { inputTokens: 1, outputTokens: 900 }).refused).toBeNull();
    expect(limiter.charge('a', cost).refused).toBe('outputTokens');
  });
});

test.each([
  [12, '12ms'],
  [999, '999ms'],
  [1000, '1s'],
  [59_123, '59.123s'],
  [60_000, '1m0s'],
  [90_500, '1m30.5s'],
  [360_000, '6m0s'],
])('%i ms is %s in Go', (ms, text) => {
  expect(goDuration(ms)).toBe(text);
});

describe('headers', () => {
  const clock = jumpClock();
  let demo: DemoServer;
  beforeAll(async () => {
    demo = await startDemoServer({
      settings: () => ({ firstTokenMs: 0, tokensPerSecond: 20_000 }),
      clock: { ...clock, mono: () => clock.mono() + performance.now() / 1e6 },
      limits: { requests: 5, inputTokens: 1000, outputTokens: 5000 },
    });
  });
  afterAll(() => demo.close());
  const SMALL = { max_tokens: 1 };

  test('Anthropic: integers, and RFC 3339 that is never early', async () => {
    const { headers } = await post(demo.origin, 'anthropic', bodyOf('anthropic', SMALL));
    const name = (rest: string) => headers.get(`anthropic-ratelimit-${rest}`);
    expect([name('requests-limit'), name('requests-remaining')]).toEqual(['5', '4']);
    expect([name('output-tokens-limit'), name('output-tokens-remaining')]).toEqual(['5000', '4999']);
    expect(name('tokens-limit')).toBe('6000');
    expect(Number(name('input-tokens-remaining'))).toBeLessThan(1000);
    expect(name('requests-reset')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(name('requests-reset') ?? '')).toBe(Date.parse('2026-11-20T10:01:01Z'));
  });

  test('OpenAI: counts down call by call, with Go durations, until 429 says when', async () => {
    clock.jump(60_000);
    const left: (string | null)[] = [];
    for (let i = 0; i < 5; i++) {
      const { headers, status } = await post(demo.origin, 'chat', bodyOf('chat', SMALL));
      expect(status).toBe(200);
      expect(headers.get('x-ratelimit-limit-requests')).toBe('5');
      expect(headers.get('x-ratelimit-reset-tokens')).toMatch(/^(\d+m)?\d+(\.\d+)?s$/);
      left.push(headers.get('x-ratelimit-remaining-requests'));
    }
    expect(left).toEqual(['4', '3', '2', '1', '0']);
    clock.jump(20_000);
    const refused = await post(demo.origin, 'responses', bodyOf('responses'));
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('40');
    expect(Number(refused.headers.get('retry-after-ms'))).toBeLessThanOrEqual(40_000);
    expect(refused.headers.get('x-ratelimit-remaining-requests')).toBe('0');
    clock.jump(40_000);
    expect((await post(demo.origin, 'responses', bodyOf('responses'))).status).toBe(200);
  });

  test("Hugging Face: the Hub's two headers", async () => {
    clock.jump(60_000);
    const { headers } = await post(demo.origin, 'hf', bodyOf('hf', SMALL));
    expect(headers.get('ratelimit')).toBe('"api";r=4;t=60');
    expect(headers.get('ratelimit-policy')).toBe('"fixed window";"api";q=5;w=60');
  });

  test('demo-tight is used up by hand', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) {
      const body = bodyOf('anthropic', { ...SMALL, model: 'demo-tight' });
      statuses.push((await post(demo.origin, 'anthropic', body)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});
