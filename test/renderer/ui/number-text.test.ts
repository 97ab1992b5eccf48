import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNumber, steppedNumber } from '../../../renderer/ui/number-text.ts';

test.each([
  ['1', 1],
  [' -2.50 ', -2.5],
  ['0,7', 0.7],
  ['.5', 0.5],
  ['1.', 1],
  ['1e3', 1000],
])('reads %j as %d', (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

test.each(['', '-', 'abc', '0x10', 'Infinity', 'NaN', '1e999', '1 2', '1,2,3', '12px'])(
  'takes %j for no number',
  (text) => {
    expect(parseNumber(text)).toBeNull();
  },
);

test('steps without the dust of binary fractions', () => {
  expect(steppedNumber(0.2, 0.1)).toBe(0.3);
  expect(steppedNumber(0.3, -0.1)).toBe(0.2);
});

test('stays within its limits, and begins at the lower one when there was no value', () => {
  expect(steppedNumber(10, 1, 1, 10)).toBe(10);
  expect(steppedNumber(null, 1, 5, 10)).toBe(5);
  expect(steppedNumber(null, 1)).toBe(1);
});

test('reads back every number it was shown', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (value) => {
      // `+ 0`: minus zero is shown as 0.
      expect(parseNumber(String(value))).toBe(value + 0);
    }),
  );
});
