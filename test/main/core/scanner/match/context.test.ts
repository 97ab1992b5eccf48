import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskedLines } from '../../../../../main/core/scanner/match/context.ts';
import { maskSecret } from '../../../../../main/core/scanner/match/mask.ts';
import { createMatcher } from '../../../../../main/core/scanner/match/matcher.ts';
import { canaryKey, knownKey, PREFIX, randomText, rule, setOf } from './support/canary-rules.ts';

const secret = `pass phrase ${randomText(9, 20)}`;
const block = rule({ id: 'block', anchors: ['<<<'], pattern: /<<<[^>]{1,400}>>>/ });
const short = rule({ id: 'short', pattern: new RegExp(`${PREFIX}[A-Za-z0-9]{12}`) });
const matcher = createMatcher(setOf(rule(), short, block), [knownKey(secret)]);
const lines = (content: Uint8Array | string, line: number, count = 1, column?: number) =>
  maskedLines(typeof content === 'string' ? Buffer.from(content) : content, line, count, matcher, column);
const texts = (content: Uint8Array | string, line: number, count = 1) =>
  lines(content, line, count).map(({ text }) => text);

test('the lines around, as far as there are any', () => {
  const text = 'one\ntwo\r\nthree\nfour\nfive\n';
  expect(lines(text, 3)).toEqual([
    { line: 2, text: 'two', masked: [] },
    { line: 3, text: 'three', masked: [] },
    { line: 4, text: 'four', masked: [] },
  ]);
  expect(texts(text, 1, 2)).toEqual(['one', 'two', 'three']);
  expect(texts(text, 5, 1).slice(0, 2)).toEqual(['four', 'five']);
  expect(texts(text, 99)).toEqual([]);
  expect(texts('', 1)).toEqual(['']);
});

test('all secrets are masked, not only the one that was asked for', () => {
  const [a, b] = [canaryKey(1), canaryKey(2)];
  const [first, second, third] = lines(`x = ${a}, ${b}\ny\n${secret}!`, 2);
  expect(first!.text).toBe(`x = ${maskSecret(a)}, ${maskSecret(b)}`);
  expect(first!.masked.map(([start, end]) => first!.text.slice(start, end))).toEqual([
    maskSecret(a),
    maskSecret(b),
  ]);
  expect(second!.masked).toEqual([]);
  expect(third!.text).toBe(`${maskSecret(secret)}!`);
});

test('what a less specific rule claims beside the told match is masked too', () => {
  const wide = rule({
    id: 'wide',
    family: 'generic',
    pattern: new RegExp(`${PREFIX}[A-Za-z0-9]{40}:[a-z]{8}`),
  });
  const both = createMatcher(setOf(rule(), wide), []);
  const [line] = maskedLines(Buffer.from(`k ${canaryKey()}:qmzkwpvx z`), 1, 0, both);
  expect(line!.text).not.toContain('qmzkwpvx');
  expect(line!.text).toMatch(/^k \S+ z$/);
});

test('a secret of several lines is hidden in each of them', () => {
  const shown = lines('a <<<top\nmiddle\nbottom>>> b\nend', 2);
  expect(shown.map(({ text }) => text).join('|')).not.toMatch(/top|middle|bottom/);
  expect(shown.map(({ text }) => text)).toEqual([expect.stringMatching(/^a /), '··', '·· b']);
});

test('a line of a megabyte is cut around the finding', () => {
  const filler = 'function(é){return 1};'.repeat(20_000);
  const content = Buffer.from(`${filler}${canaryKey(1)}"${filler}`);
  const [line] = lines(content, 1, 0, Buffer.byteLength(filler) + 1);
  expect(line!.text).toContain(`return 1};${maskSecret(canaryKey(1))}"function`);
  expect(line!.text).toMatch(/^…[^\ufffd]*…$/);
  expect(line!.text.length).toBeLessThan(600);
});

test('controls, what turns text round, and bytes that are not UTF-8 are seen', () => {
  const content = Buffer.concat([Buffer.from('\x1b[31m\ta\u202eb\x7f\x00'), Buffer.from([0xff, 0xc3])]);
  expect(texts(content, 1)).toEqual(['␛[31m\ta<U+202E>b␡␀\ufffd\ufffd']);
});

describe.each([
  ['low byte first', (text: string) => Buffer.from(text, 'utf16le')],
  ['high byte first', (text: string) => Buffer.from(text, 'utf16le').swap16()],
])('UTF-16, %s', (_, encode) => {
  test('is shown as text', () => {
    const text = `\ufefféins\nzwei ${canaryKey()} ñ\ndrei`;
    expect(texts(encode(text), 2)).toEqual(['éins', `zwei ${maskSecret(canaryKey())} ñ`, 'drei']);
  });
});

test('no part of a secret gets through, whatever is around it', () => {
  const around = fc.string({ unit: 'binary', maxLength: 300 });
  fc.assert(
    fc.property(around, around, fc.nat(50), fc.nat(3), (before, after, seed, kind) => {
      const key = kind === 3 ? secret : canaryKey(seed);
      const plain = Buffer.from(`${before} ${key} ${after}`);
      const content = kind === 1 ? Buffer.from(`\ufeff${before} ${key} ${after}`, 'utf16le') : plain;
      const { line, column } = matcher.match(content).matches.find((one) => one.secret === key)!;
      const shown = maskedLines(content, line, 5, matcher, column)
        .map(({ text }) => text)
        .join('\n');
      expect(shown).toContain(maskSecret(key));
      for (let at = 0; at + 6 <= key.length; at++) {
        const part = key.slice(at, at + 6);
        if (!before.includes(part) && !after.includes(part)) expect(shown).not.toContain(part);
      }
    }),
  );
});
