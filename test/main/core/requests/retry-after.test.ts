import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedDelay, backoff } from '../../../../main/core/requests/retry-after.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const asking = (value: string) => askedDelay([['Retry-After', value]], NOW);

describe('what a server asks', () => {
  test('nothing', () => expect(askedDelay([['x', '1']], NOW)).toBeNull());
  test('seconds, whole and fractional, and none', () => {
    expect(asking('61')).toEqual({ ms: 61_000, source: 'retry-after' });
    expect(asking('0.1')?.ms).toBeCloseTo(100);
    expect(asking(' 0 ')?.ms).toBe(0);
  });
  test('milliseconds go first', () =>
    expect(
      askedDelay(
        [
          ['retry-after', '5'],
          ['RETRY-AFTER-MS', '700'],
        ],
        NOW,
      ),
    ).toEqual({ ms: 700, source: 'retry-after-ms' }));
  test('an HTTP date, also one that has passed', () => {
    expect(asking('Fri, 20 Nov 2026 12:00:07 GMT')?.ms).toBe(7000);
    expect(asking('Fri, 20 Nov 2026 11:59:00 GMT')?.ms).toBe(0);
  });
  test.each(['soon', '-5', '', '1e3', '0x10', '2001', 'Infinity', '1,5'])('%j is not guessed at', (value) => {
    const asked = asking(value);
    expect(asked === null || (value === '2001' && asked.ms === 2_001_000)).toBe(true);
  });
  test('nonsense in retry-after-ms leaves retry-after in force', () =>
    expect(
      askedDelay(
        [
          ['retry-after-ms', 'x'],
          ['retry-after', '2'],
        ],
        NOW,
      )?.ms,
    ).toBe(2000));
});

test('backoff: full jitter below 0.5 s doubled each time, never above 8 s', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (n, r) => {
        const { ms } = backoff(n, () => r);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(Math.min(8000, 500 * 2 ** (n - 1)));
      },
    ),
  );
  expect(backoff(3, () => 0.5).ms).toBe(1000);
});
