import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openMemory } from '../../../../main/core/history/database.ts';
import { lowerAscii, parseQuery } from '../../../../main/core/history/search-query.ts';

describe('a query', () => {
  test.each([
    ['', '', []],
    ['   \n', '', []],
    ['timeout', '"timeout" *', []],
    ['time out', '"time" AND "out" *', []],
    ['finished ', '"finished"', []],
    ['"exact words"', '"exact words"', []],
    ['"exact words" mor', '"exact words" AND "mor" *', []],
    ['"open phrase', '"open phrase"', []],
    ['a', '"a"', []],
    ['gpt-4', '"gpt-4"', []],
    ['gpt-4o', '"gpt-4o" *', []],
    ['NOT this OR that', '"NOT" AND "this" AND "OR" AND "that" *', []],
    ['NEAR(a b, 3)', '"NEAR(a" AND "b," AND "3)"', []],
    ['name:x col*', '"name:x" AND "col*"', []],
    ['{a} ^b -c +d', '"{a}" AND "^b" AND "-c" AND "+d"', []],
    ['😀', '', ['😀']],
    ['cat 😀', '"cat"', ['😀']],
    ['C++ ++', '"C++"', ['++']],
    ['世界', '', ['世界']],
    ['GPT模型', '', ['gpt模型']],
    ['"""', '', []],
  ])('%j', (input, match, contains) => {
    expect(parseQuery(input)).toEqual({ match, contains });
  });

  test('of any text at all is one that SQLite understands', () => {
    const db = openMemory(0);
    const run = db.prepare('SELECT count(*) AS n FROM search WHERE search MATCH ?');
    const nasty = fc.constantFrom(
      '"',
      '*',
      '^',
      ':',
      '(',
      ')',
      '{',
      '}',
      'NEAR',
      'AND',
      'NOT',
      ' ',
      '\0',
      '\ud83d',
      "'",
      '-',
      '+',
      '\\',
      '😀',
      '世',
      'é',
    );
    const input = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(nasty, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(input, (text) => {
        const { match, contains } = parseQuery(text);
        if (match) run.get(match);
        for (const part of contains) expect(part.trim()).not.toBe('');
      }),
      { numRuns: 10_000 },
    );
  });

  test('keeps positions when it folds case', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => lowerAscii(text).length === text.length));
    expect(lowerAscii('ABC İ ẞ Ä')).toBe('abc İ ẞ Ä');
  });
});
