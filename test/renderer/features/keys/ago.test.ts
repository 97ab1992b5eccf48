import { expect, test } from 'vitest';
import { ago } from '../../../../renderer/features/keys/ago.ts';

const now = new Date(2026, 10, 20, 12).getTime();
const minutes = (n: number) => ago(now - n * 60_000, now);

test('counts in the largest unit that fits', () => {
  expect([0, 0.9, 1, 59, 60, 23 * 60 + 59, 24 * 60, 29 * 24 * 60].map(minutes)).toEqual([
    'now',
    'now',
    '1 min',
    '59 min',
    '1 h',
    '23 h',
    '1 d',
    '29 d',
  ]);
});

test('is a date from 30 days on, and never negative', () => {
  expect(minutes(30 * 24 * 60)).toBe('2026-10-21');
  expect(minutes(-5)).toBe('now');
});
