import { expect, test } from 'vitest';
import { backoff } from '../../../renderer/host/connection.ts';

test('the wait between two tries doubles, is bounded, and never the same for all windows', () => {
  const middle = [1, 2, 3, 4, 5, 6, 20].map((n) => backoff(n, () => 0.5));
  expect(middle).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  expect(backoff(3, () => 0)).toBe(1500);
  expect(backoff(3, () => 1)).toBe(2500);
});
