import { expect, test } from 'vitest';
import { filler, sample } from '../../../../../main/core/scanner/rules/sample.ts';

test('a sample has the length and alphabet of its template', () => {
  expect(sample('gsk_[an:52]')).toMatch(/^gsk_[A-Za-z0-9]{52}$/);
  expect(sample('[hex:8]-[HEX:4]-[d:3]')).toMatch(/^[0-9a-f]{8}-[0-9A-F]{4}-[0-9]{3}$/);
  expect(sample('[b32:400]')).toMatch(/^[A-Z2-7]{400}$/);
  expect(sample('[url:400]')).toMatch(/^[A-Za-z0-9_-]{400}$/);
});

test('a sample is the same every time, and another for every seed and slot', () => {
  expect(sample('[an:40]', 3)).toBe(sample('[an:40]', 3));
  expect(new Set(Array.from({ length: 500 }, (_, seed) => sample('[an:20]', seed))).size).toBe(500);
  const [first, second] = sample('[an:20] [an:20]').split(' ');
  expect(first).not.toBe(second);
});

test('a sample is the same on every machine', () => {
  expect(sample('[d:12]', 1)).toBe('078828698258');
});

test('no character of a sample stands three times in a row', () => {
  for (let seed = 0; seed < 200; seed++) expect(sample('[d:60]', seed)).not.toMatch(/(.)\1\1/);
});

test('an unknown alphabet is named', () => {
  expect(() => sample('[klingon:4]')).toThrow('klingon');
});

test('a filler repeats one character that the alphabet has', () => {
  expect(filler('gsk_[an:6]-[hex:4]-[b32:3]')).toBe('gsk_xxxxxx-0000-XXX');
});
