import { expect, test } from 'vitest';
import { formatAgo, formatBytes, formatMs, formatRate, formatTokens } from '../../../renderer/ui/format.ts';

test.each([
  [null, '–'],
  [0, '0 ms'],
  [0.42, '0.4 ms'],
  [412.4, '412 ms'],
  [999.4, '999 ms'],
  [999.6, '1.00 s'],
  [3820, '3.82 s'],
  [59_994, '59.99 s'],
  [59_996, '1 min 00 s'],
  [125_000, '2 min 05 s'],
])('writes %s milliseconds as %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});

test.each([
  [999, '999 B'],
  [1000, '1.0 KB'],
  [18_400, '18.4 KB'],
  [999_949, '999.9 KB'],
  [999_950, '1.00 MB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [9999, '9,999'],
  [27_200, '27.2k'],
  [1_200_000, '1.20M'],
  [null, '–'],
])('writes %s tokens as %s', (tokens, text) => {
  expect(formatTokens(tokens)).toBe(text);
});

test('an unknown rate is not zero', () => {
  expect(formatRate(243, 3404)).toBe('71.4 tok/s');
  expect(formatRate(243, 0)).toBe('–');
  expect(formatRate(null, 100)).toBe('–');
});

test('says how long ago, then the date', () => {
  const now = Date.UTC(2026, 10, 20, 12);
  expect(formatAgo(now - 10_000, now)).toBe('now');
  expect(formatAgo(now - 4 * 60_000, now)).toBe('4m');
  expect(formatAgo(now - 2 * 3_600_000, now)).toBe('2h');
  expect(formatAgo(now - 3 * 86_400_000, now)).toBe('3d');
  expect(formatAgo(now - 90 * 86_400_000, now)).toContain('2026');
  expect(formatAgo(now + 5000, now)).toBe('now');
});
