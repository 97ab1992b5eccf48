import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prefixesOf } from '../../../../../main/core/scanner/match/pattern-prefix.ts';
import { StartGate } from '../../../../../main/core/scanner/match/start-gate.ts';
import { RULES } from '../../../../../main/core/scanner/rules/index.ts';

const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const gateOf = (pattern: RegExp, ...anchors: string[]) => StartGate.of({ pattern, anchors });

test.each([
  [/abc-[0-9]+/, ['abc-']],
  [/(?<!\w)\b(?:abc-)x?/, ['abc-']],
  [/(?:abc|abd)-(?<secret>.+)/, ['abc', 'abd']],
  [/ab[cd]-/, ['abc', 'abd']],
  [/(?i:AbC)x*/, ['abc']],
  [/abc?cd/, ['abc', 'abcd']],
  [/(?:a|ab)bc/, ['abc', 'abbc']],
  [/(?:abc)+/, ['abc']],
  [/a{3}b/, ['aaa']],
  [/x\.y\/z/, ['x.y/z']],
  [/ABC/, ['abc']],
])('every match of %s begins with %j', (pattern, anchors) => {
  expect(gateOf(pattern, ...anchors)).not.toBeNull();
});

test.each([
  [/xabc/, ['abc']],
  [/abc|xyz/, ['abc']],
  [/(?:x)?abc/, ['abc']],
  [/a*bc/, ['abc']],
  [/[a-z]bc/, ['abc']],
  [/[0-9a-f]{32}/, ['heroku']],
  [/(abc)?/, ['abc']],
  [/(\w)\1abc/, ['abc']],
  [/abc/v, ['abc']],
  [/ab/, ['abc']],
])('a match of %s may begin without %j', (pattern, anchors) => {
  expect(gateOf(pattern, ...anchors)).toBeNull();
});

test('only what can go on is admitted', () => {
  const gate = gateOf(/pat[A-Z][0-9]{2,4}\./, 'pat')!;
  expect(gate.admits(latin1('patX12.'), 0)).toBe(true);
  expect(gate.admits(latin1('path12.'), 0)).toBe(false);
  expect(gate.admits(latin1('patX1'), 0)).toBe(false);
  expect(gate.admits(latin1('a patX123'), 2)).toBe(true);
});

test('an expression with countless beginnings has a short prefix, quickly', () => {
  const wide = new RegExp(`abc${'(?:a|b|c|d)'.repeat(30)}`);
  expect(prefixesOf(wide).length).toBeLessThanOrEqual(64);
  expect(gateOf(wide, 'abc')!.admits(latin1(`abc${'d'.repeat(30)}`), 0)).toBe(true);
});

describe('no gate keeps out a match', () => {
  test('of expressions of all kinds, in any text', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      'A',
      '\\.',
      '.',
      '[ab]',
      '[^a]',
      '\\d',
      '\\w',
      '(?:ab|b)',
      '(?i:aB)',
      '(a|b?)',
      '(?!b)',
      '\\b',
      '(?<=a)',
      '\\x62',
      '-',
    );
    const quantifier = fc.constantFrom('', '', '', '?', '*', '+', '{2}', '{1,2}', '{0,1}?', '{2,}', '+?');
    const item = fc
      .tuple(atom, quantifier)
      .map(([one, many]) => (/^(?:\\b|\(\?[!<])/.test(one) ? one : one + many));
    const source = fc.array(
      fc.array(item, { maxLength: 6 }).map((items) => items.join('')),
      { minLength: 1, maxLength: 3 },
    );
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'A', 'B', '.', '-', '0', '\n', 'é'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(source, fc.constantFrom('', 'i', 's'), text, (sources, flags, content) => {
        const pattern = new RegExp(sources.join('|'), flags);
        const bytes = latin1(content);
        const prefixes = prefixesOf(pattern);
        for (let at = 0; at <= content.length; at++) {
          const here = new RegExp(pattern.source, `${flags}y`);
          here.lastIndex = at;
          if (!here.test(content)) continue;
          const fits = prefixes.some((sets) => sets.every((set, i) => set[bytes[at + i] ?? 256] === 1));
          expect(fits, `${pattern} at ${at} of ${JSON.stringify(content)}`).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('of a built-in rule, in its samples', () => {
    let tried = 0;
    for (const rule of RULES) {
      const gate = StartGate.of(rule);
      for (const sample of gate ? rule.samples.match : []) {
        const bytes = latin1(Buffer.from(sample, 'utf8').toString('latin1'));
        const text = Buffer.from(bytes).toString('latin1');
        for (const { index } of text.matchAll(
          new RegExp(rule.pattern.source, `${rule.pattern.flags.replace(/[gy]/g, '')}g`),
        )) {
          tried++;
          expect(gate!.admits(bytes, index), rule.id).toBe(true);
          expect(
            rule.anchors.some((anchor) => text.slice(index).toLowerCase().startsWith(anchor)),
            rule.id,
          ).toBe(true);
        }
      }
    }
    expect(tried).toBeGreaterThan(200);
  });
});
