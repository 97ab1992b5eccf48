import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GramSearch } from '../../../../../main/core/scanner/match/gram-search.ts';
import { foldByte } from '../../../../../main/core/scanner/match/literal-automaton.ts';
import {
  automatonFinder,
  createFinder,
  type LiteralFinder,
} from '../../../../../main/core/scanner/match/literal-finder.ts';

/** `literal@end`, sorted. */
function hits(finder: LiteralFinder, bytes: Uint8Array): string[] {
  const found: string[] = [];
  finder.find(bytes, (literal, end) => found.push(`${literal}@${end}`));
  return found.sort();
}

/** Literal by literal, place by place: slow and surely right. */
function slowHits(literals: readonly Uint8Array[], bytes: Uint8Array): string[] {
  const folded = Buffer.from(Uint8Array.from(bytes, foldByte));
  const found: string[] = [];
  for (const [index, literal] of literals.entries())
    for (let at = folded.indexOf(literal); at !== -1; at = folded.indexOf(literal, at + 1))
      found.push(`${index}@${at + literal.length}`);
  return found.sort();
}

const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
/** Few characters, so that literals overlap, repeat, and nearly occur. */
const letters = (min: number, max: number) =>
  fc.string({
    unit: fc.constantFrom('a', 'b', 'A', '-', '_', '\x7f', '\r', '@', '`'),
    minLength: min,
    maxLength: max,
  });
const literalList = fc.uniqueArray(
  letters(3, 9).map((text) => text.toLowerCase()),
  { minLength: 1, maxLength: 12 },
);

describe.each([
  ['the automaton', automatonFinder],
  ['the quick search', (literals: readonly Uint8Array[]) => GramSearch.create(literals)!],
])('%s', (_, create) => {
  test('finds what a comparison at every place finds', () => {
    fc.assert(
      fc.property(literalList, letters(0, 300), (texts, text) => {
        const literals = texts.map(latin1);
        expect(hits(create(literals), latin1(text))).toEqual(slowHits(literals, latin1(text)));
      }),
      { numRuns: 300 },
    );
  });

  test('finds literals in any bytes', () => {
    const literals = ['sk-', 'ghp_', 'AKIA', '-----begin', 'é!~'].map((text) => latin1(text.toLowerCase()));
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom('sk-', 'GHP_', 'akia', 'aki', '-----BEGIN', '\xe9!~').map(latin1),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const bytes = Buffer.concat(parts);
        expect(hits(create(literals), bytes)).toEqual(slowHits(literals, bytes));
      }),
    );
  });

  test.each([65_530, 65_536, 131_072, 200_001])('finds a literal wherever it lies in %i bytes', (size) => {
    const literals = ['abc', 'wxyz', 'needle-in-the-hay'].map(latin1);
    const finder = create(literals);
    const edges = [0, 1, 2, 3, 15, 16, 17, size - 17, size - 20, ...[65_536, 131_072].flatMap(around)];
    for (const [index, literal] of literals.entries())
      for (const at of edges.filter((edge) => edge >= 0 && edge + literal.length <= size)) {
        const bytes = new Uint8Array(size).fill(32);
        bytes.set(literal, at);
        expect(hits(finder, bytes)).toEqual([`${index}@${at + literal.length}`]);
      }
  });

  test('reports every one of very many', () => {
    const literals = ['aaa', 'aaaa', 'aaaaaaaa'].map(latin1);
    const size = 150_000;
    let count = 0;
    create(literals).find(new Uint8Array(size).fill(65), () => count++);
    expect(count).toBe(size - 2 + (size - 3) + (size - 7));
  });

  test('reports in order of place, but for the length of a literal', () => {
    const literals = ['abc', 'abcabcabcabc', 'cab'].map(latin1);
    const ends: number[] = [];
    create(literals).find(latin1('abc'.repeat(50_000)), (_literal, end) => ends.push(end));
    const late = ends.filter((end, i) => i > 0 && end < ends[i - 1]! - 12);
    expect(late).toEqual([]);
  });
});

test('what the quick search cannot take, the automaton does', () => {
  const literals = [latin1('ab'), latin1('\0x\0y')];
  expect(GramSearch.create(literals)).toBeNull();
  expect(hits(createFinder(literals), latin1('xab\0X\0Y'))).toEqual(['0@3', '1@7']);
});

function around(edge: number): number[] {
  return Array.from({ length: 40 }, (_, i) => edge - 20 + i);
}
