import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FlatText } from '../../../../main/core/requests/flat-text.ts';

const flat = (pieces: readonly string[]) => {
  const text = new FlatText();
  for (const piece of pieces) text.add(piece);
  return text;
};

test('pieces come out as one text, wherever it was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
      const pieces = words.join('').split(''); // between the halves of surrogate pairs as well
      expect(flat(pieces).take()).toBe(words.join(''));
      expect(flat(words).take()).toBe(words.join(''));
    }),
    { numRuns: 2000 },
  );
});
test.each([1, 11, 65_536, 300_000])('pieces of %i characters, many blocks of them', (length) => {
  const piece = 'aé漢😀'
    .repeat(length)
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, 'x');
  const times = Math.ceil(2_000_000 / length);
  expect(flat(Array.from({ length: times }, () => piece)).take() === piece.repeat(times)).toBe(true);
});
test('half a character is replaced, as it will be on disk', () => {
  expect(flat(['a\ud83d', 'b', 'c\ud83d']).take()).toBe('a\ufffdbc\ufffd');
});
test('what was taken is gone, and more may come', () => {
  const text = flat(['a', 'b']);
  expect(text.take()).toBe('ab');
  expect(text.take()).toBe('');
  text.add('c');
  expect(text.take()).toBe('c');
});
