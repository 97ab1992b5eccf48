import { expect, test } from 'vitest';
import {
  dayLabel,
  groupByDay,
  landOn,
  localDay,
} from '../../../../renderer/features/history/group-by-day.ts';

const at = (day: number, hour = 12) => new Date(2026, 10, day, hour).getTime();

test('puts one heading before the rows of each day', () => {
  const lines = groupByDay([{ at: at(20, 14) }, { at: at(20, 1) }, { at: at(18) }]);
  expect(lines.map((line) => (line.kind === 'day' ? line.day : line.row.at))).toEqual([
    '2026-11-20',
    at(20, 14),
    at(20, 1),
    '2026-11-18',
    at(18),
  ]);
  expect(groupByDay([])).toEqual([]);
});

test('days are local days', () => {
  expect(localDay(new Date(2026, 0, 5, 0, 0, 1).getTime())).toBe('2026-01-05');
  expect(localDay(new Date(2026, 0, 5, 23, 59, 59).getTime())).toBe('2026-01-05');
});

test('names today and yesterday, also across the turn of a month and a year', () => {
  expect(dayLabel(at(20, 0), at(20, 23))).toBe('Today');
  expect(dayLabel(at(19, 23), at(20, 0))).toBe('Yesterday');
  expect(dayLabel(at(18), at(20))).toBe('Wednesday 18 November');
  expect(dayLabel(new Date(2025, 11, 31, 9).getTime(), new Date(2026, 0, 1, 9).getTime())).toBe('Yesterday');
  expect(dayLabel(new Date(2025, 11, 30, 9).getTime(), new Date(2026, 0, 1, 9).getTime())).toContain('2025');
});

test('a selection that moves onto a heading goes on in its direction, and never above the first row', () => {
  const lines = groupByDay([{ at: at(20) }, { at: at(18) }]); // heading, row, heading, row
  expect(landOn(lines, 2, 1)).toBe(3);
  expect(landOn(lines, 2, 3)).toBe(1);
  expect(landOn(lines, 0, 1)).toBe(1);
  expect(landOn(lines, 0, -1)).toBe(1);
  expect(landOn(lines, 3, 1)).toBe(3);
});
