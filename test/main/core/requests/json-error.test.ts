import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findJsonError } from '../../../../main/core/requests/json-error.ts';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('where it is wrong', () => {
  test.each([
    ['{"a": 1', 1, 8, 'a comma or }'],
    ['{"a": 1,}', 1, 9, 'a name in double quotes'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'a comma or }'],
    ['{"a": x}', 1, 7, 'a value'],
    ["{'a': 1}", 1, 2, 'a name in double quotes'],
    ['[1 2]', 1, 4, 'a comma or ]'],
    ['{"a" 1}', 1, 6, 'a colon'],
    ['{"a": "b\n"}', 1, 9, 'a closing quote'],
    ['{"a": "\\x"}', 1, 8, 'a valid escape such as \\n'],
    ['{} {}', 1, 4, 'the end'],
    ['{"model": "m", "temperature": NaN}', 1, 31, 'a value'],
    ['', 1, 1, 'a value'],
  ])('%j: line %i, column %i, %s', (text, line, column, expected) =>
    expect(findJsonError(text)).toMatchObject({ line, column, expected }),
  );
});

test('agrees with JSON.parse on valid, broken and arbitrary text (20,000 runs)', () => {
  const broken = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', '{', '}', ',', ':', '\\', 'x', ' ', '\n', '-', '.', '0', 'e', '\u0001'),
    )
    .map(([text, at, put]) => {
      const i = at % (text.length + 1);
      return text.slice(0, i) + put + text.slice(i + (put === '' ? 1 : 0));
    });
  const anyText = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\/u0aftrueln1.-eE+ \n'), maxLength: 12 });
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken, anyText), (text) => {
      expect(findJsonError(text) === null).toBe(isJson(text));
    }),
    { numRuns: 20_000 },
  );
});

test('every true prefix of an object counts as cut, not as malformed (10,000 runs)', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, at) => {
      const text = JSON.stringify(value);
      const cut = text.slice(0, at % text.length);
      expect(findJsonError(cut)?.at).toBe(cut.length);
    }),
    { numRuns: 10_000 },
  );
});

test('depth and length cost no stack', () => {
  expect(findJsonError('['.repeat(200_000))?.at).toBe(200_000);
  expect(findJsonError(`"${'a'.repeat(5_000_000)}`)?.at).toBe(5_000_001);
  expect(findJsonError(`"${'\\n'.repeat(1_000_000)}"`)).toBeNull();
});
