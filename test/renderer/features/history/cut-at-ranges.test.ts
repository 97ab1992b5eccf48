import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutAtRanges } from '../../../../renderer/features/history/cut-at-ranges.ts';

const shape = (text: string, ranges: [number, number][]) =>
  cutAtRanges(text, ranges).map(({ text, found }) => (found ? `[${text}]` : text));

test('marks what was found and leaves the rest', () => {
  expect(
    shape('pool limit pool', [
      [0, 4],
      [11, 15],
    ]),
  ).toEqual(['[pool]', ' limit ', '[pool]']);
  expect(shape('plain', [])).toEqual(['plain']);
  expect(shape('', [[0, 3]])).toEqual([]);
});

test('sorts, joins overlaps and cuts at the ends', () => {
  expect(
    shape('abcdef', [
      [4, 99],
      [-3, 1],
    ]),
  ).toEqual(['[a]', 'bcd', '[ef]']);
  expect(
    shape('abcdef', [
      [1, 3],
      [2, 5],
    ]),
  ).toEqual(['a', '[bcde]', 'f']);
  expect(
    shape('abcdef', [
      [3, 3],
      [4, 2],
    ]),
  ).toEqual(['abcdef']);
});

test('keeps markup as the text it is', () => {
  expect(shape('<img src=x onerror=alert(1)>', [[1, 4]])).toEqual(['<', '[img]', ' src=x onerror=alert(1)>']);
});

test('gives every character back once, and marks exactly the characters in a range', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 40 }),
      fc.array(fc.tuple(fc.integer({ min: -5, max: 45 }), fc.integer({ min: -5, max: 45 })), {
        maxLength: 6,
      }),
      (text, ranges) => {
        const pieces = cutAtRanges(text, ranges);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        const marked = pieces.flatMap(({ text, found }) => Array.from({ length: text.length }, () => found));
        const wanted = Array.from({ length: text.length }, (_, i) =>
          ranges.some(([from, to]) => i >= from && i < to),
        );
        expect(marked).toEqual(wanted);
      },
    ),
  );
});
