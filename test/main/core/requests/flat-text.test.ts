import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FlatText } from '../../../../main/core/requests/flat-text.ts';

const flat = (pieces: readonly string[], most = Number.POSITIVE_INFINITY) => {
  const text = new FlatText(most);
  for (const piece of pieces) text.add(piece);
  return text;
};

test('pieces come out as one text, also between the halves of a character, up to its bound', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), fc.nat(50), (words, most) => {
      const whole = words.join('');
      expect(flat(whole.split('')).toString()).toBe(whole);
      expect(flat(words, most).toString()).toBe(whole.slice(0, most));
    }),
    { numRuns: 2000 },
  );
});
test.each([1, 11, 70_000])('many pieces of %i characters', (length) => {
  const piece = 'aé漢😀'.repeat(length).slice(0, length);
  const times = Math.ceil(200_000 / length);
  expect(flat(Array.from({ length: times }, () => piece)).toString() === piece.repeat(times)).toBe(true);
});
test('it may be asked for meanwhile', () => {
  const text = flat(['a', 'b']);
  expect(text.toString()).toBe('ab');
  text.add('c');
  expect(text.toString()).toBe('abc');
});
