import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMatcher } from '../../../../../main/core/scanner/match/matcher.ts';
import type { KnownKey, Rule } from '../../../../../main/core/scanner/model.ts';
import { canaryKey, knownKey, PREFIX, randomText, rule, setOf } from './support/canary-rules.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

function match(content: Uint8Array | string, rules: Rule[] = [rule()], known: KnownKey[] = []) {
  return createMatcher(setOf(...rules), known).match(typeof content === 'string' ? bytes(content) : content);
}

const secrets = (content: Uint8Array | string, rules?: Rule[], known?: KnownKey[]) =>
  match(content, rules, known).matches.map(({ secret }) => secret);

/** Begins before its anchor, and at a place that the expression does not fix. */
const loose = rule({
  id: 'loose',
  anchors: ['loosemark'],
  pattern: /(?<![\w-])[A-Z][a-z0-9]{2,6}-loosemark-(?<secret>[A-Za-z0-9]{20,})(?![\w-])/,
});

describe('a match', () => {
  test('says where its secret is', () => {
    const key = canaryKey();
    expect(match(`é\nk=${key}&b`).matches).toEqual([
      {
        rule: 'canary-key',
        secret: key,
        start: 5,
        end: 5 + key.length,
        line: 2,
        column: 3,
        knownKey: null,
        allowedInline: false,
      },
    ]);
  });

  test('is the group named secret, when there is one', () => {
    const secret = randomText(3, 24);
    const [found] = match(`  Abc-loosemark-${secret};`, [loose]).matches;
    expect(found).toMatchObject({ secret, start: 16, end: 16 + secret.length, column: 17 });
  });

  test.each([
    '"',
    "'",
    '`',
    '&',
    ')',
    ',',
    '<',
    '\\n',
    '\\"',
    ';',
    ' ',
    '\r\n',
    '}',
    '%22',
    '\0',
    '\u00e9',
    '',
  ])('ends before %j', (ending) => {
    expect(secrets(`x="${canaryKey()}${ending}`)).toEqual([canaryKey()]);
  });

  test('is none where the key is longer, its letters are too even, or its check fails', () => {
    expect(secrets(`${canaryKey()}x`)).toEqual([]);
    expect(secrets(canaryKey(), [rule({ entropy: 6 })])).toEqual([]);
    expect(secrets(canaryKey(), [rule({ entropy: 3 })])).toEqual([canaryKey()]);
    expect(secrets(canaryKey(), [rule({ check: () => false })])).toEqual([]);
  });

  test('is none where the secret is a placeholder', () => {
    expect(secrets(PREFIX + 'x'.repeat(40))).toEqual([]);
  });

  test('is found where the anchor is in another case', () => {
    const anyCase = rule({ pattern: new RegExp(`${PREFIX}[A-Za-z0-9]{40}`, 'i') });
    expect(secrets(canaryKey().toUpperCase(), [anyCase])).toEqual([canaryKey().toUpperCase()]);
  });

  test('is not cut where it reaches beyond its window', () => {
    const long = rule({ pattern: new RegExp(`${PREFIX}[A-Za-z0-9]{40,}`), reach: { before: 0, after: 60 } });
    for (const size of [60, 124, 125, 500, 9000, 40_000])
      expect(secrets(`${PREFIX}${randomText(size, size)};`, [long])[0]).toHaveLength(PREFIX.length + size);
  });

  test('that never ends is told as far as it was looked at', () => {
    const long = rule({ pattern: new RegExp(`${PREFIX}[A-Za-z0-9]{40,}`) });
    const [found] = match(PREFIX + randomText(1, 300_000), [long]).matches;
    expect(found!.secret.length).toBeGreaterThan(60_000);
  });
});

describe('wherever a key stands, it is found', () => {
  const others = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc
      .constantFrom(
        PREFIX,
        `${PREFIX}x`,
        PREFIX.slice(0, 5),
        '\n',
        '\r\n',
        'loosemark',
        canaryKey(9).slice(0, -1),
      )
      .map(bytes),
  );

  test('in any bytes', () => {
    fc.assert(
      fc.property(
        fc.array(others, { maxLength: 40 }),
        fc.array(others, { maxLength: 40 }),
        fc.nat(99),
        (before, after, seed) => {
          const key = canaryKey(seed);
          const content = Buffer.concat([...before, bytes(` ${key} `), ...after]);
          expect(secrets(content, [rule(), loose])).toContain(key);
        },
      ),
    );
  });

  test.each([8192, 65_536, 131_072])('across the edge at %i bytes', (edge) => {
    const matcher = createMatcher(setOf(rule()), []);
    for (let at = edge - 60; at <= edge + 10; at++) {
      const content = Buffer.alloc(edge + 5000, 46);
      content.write(canaryKey(), at, 'latin1');
      expect(matcher.match(content).matches).toMatchObject([{ start: at, end: at + canaryKey().length }]);
    }
  });

  test('at the edge of every piece of a window that many anchors have joined', () => {
    const rules = [
      rule({
        pattern: new RegExp(`(?<![\\w-])(?:${PREFIX})[A-Za-z0-9]{40}(?![\\w-])`),
        reach: { before: 30, after: 60 },
      }),
      loose,
    ];
    for (let at = 8000; at < 8300; at += 7) {
      const content = Buffer.from(`${PREFIX} `.repeat(3000));
      content.write(` ${canaryKey()} Abc-loosemark-${randomText(4, 22)} `, at, 'latin1');
      expect(secrets(content, rules)).toEqual([canaryKey(), randomText(4, 22)]);
    }
  });

  test('in a line of a megabyte, and at its end', () => {
    const filler = 'var a=function(b){return b+1};'.repeat(35_000);
    const { matches } = match(`${filler}${canaryKey(1)},${filler}${canaryKey(2)}`);
    expect(matches).toMatchObject([
      { secret: canaryKey(1), line: 1, column: filler.length + 1 },
      { secret: canaryKey(2), line: 1 },
    ]);
  });

  test('side by side with others', () => {
    const keys = Array.from({ length: 300 }, (_, i) => canaryKey(i));
    expect(secrets(keys.join(','))).toEqual(keys);
  });

  test('in lines that end with CR LF', () => {
    expect(match(`a\r\nb\r\n  ${canaryKey()}\r\n`).matches).toMatchObject([{ line: 3, column: 3 }]);
  });
});

describe('UTF-16', () => {
  const text = `first line\nname = "${canaryKey()}"\nlast line\n`;

  test.each([
    ['low byte first, with a mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 2],
    ['high byte first, with a mark', swapped(`\ufeff${text}`), 2],
    ['low byte first, no mark', Buffer.from(text, 'utf16le'), 0],
    ['high byte first, no mark', swapped(text), 0],
  ])('%s', (_, content, mark) => {
    const at = text.indexOf(canaryKey());
    expect(match(content).matches).toMatchObject([
      {
        secret: canaryKey(),
        start: mark + 2 * at,
        end: mark + 2 * (at + canaryKey().length),
        line: 2,
        column: 9,
      },
    ]);
  });

  test('a mark does not hide keys that are written in ASCII behind it', () => {
    expect(secrets(Buffer.concat([Buffer.from([0xff, 0xfe]), bytes(text)]))).toEqual([canaryKey()]);
  });

  test('keys in other scripts, without a mark', () => {
    const chinese = '这是一个没有标记的文件，里面几乎没有拉丁字母。'.repeat(80);
    expect(secrets(Buffer.from(`${chinese}${canaryKey()}${chinese}`, 'utf16le'))).toEqual([canaryKey()]);
    expect(secrets(swapped(`${chinese}${canaryKey()}${chinese}`))).toEqual([canaryKey()]);
  });

  test('appended to ASCII, at even and odd offsets, and inside a binary', () => {
    for (const head of ['plain text\n', 'plain text!\n']) {
      for (const wide of [Buffer.from(text, 'utf16le'), swapped(text)]) {
        const content = Buffer.concat([bytes(head.repeat(900)), wide]);
        const [found] = match(content).matches;
        expect(found?.secret).toBe(canaryKey());
        expect(content.subarray(found!.start).indexOf(PREFIX[0]!)).toBeLessThan(2);
      }
    }
    const binary = Buffer.concat([
      Buffer.from([0x4d, 0x5a, 0, 1, 2, 255, 0, 0]),
      Buffer.from(text, 'utf16le'),
      Buffer.alloc(40, 7),
    ]);
    expect(secrets(binary)).toEqual([canaryKey()]);
  });
});

describe('known keys', () => {
  const secret = `local pass phrase ${randomText(8, 12)}`;
  const encoded = Buffer.from(secret).toString('base64');

  test('are found with no rule, in each form', () => {
    const { matches } = match(`a=${secret}\nb=${encoded}`, [], [knownKey(secret, [secret, encoded])]);
    expect(matches).toMatchObject([
      { rule: 'known-key', knownKey: 'known-1', secret, start: 2, end: 2 + secret.length },
      { rule: 'known-key', knownKey: 'known-1', secret, end: 5 + secret.length + encoded.length, line: 2 },
    ]);
  });

  test('count with regard to case and as a whole', () => {
    const known = [knownKey(secret)];
    expect(secrets(secret.toUpperCase(), [], known)).toEqual([]);
    expect(secrets(secret.slice(1), [], known)).toEqual([]);
    expect(secrets(secret.slice(0, -1), [], known)).toEqual([]);
  });

  test('that a rule finds too are told once, under the name of the rule', () => {
    const key = canaryKey(5);
    expect(match(`k=${key}`, [rule()], [knownKey(key, [key])]).matches).toMatchObject([
      { rule: 'canary-key', secret: key, knownKey: 'known-1' },
    ]);
  });

  test('of which a rule sees a part are told whole', () => {
    const key = `${canaryKey(5)}.${randomText(6, 20)}`;
    expect(match(`k=${key}`, [rule()], [knownKey(key)]).matches).toMatchObject([
      { rule: 'known-key', secret: key, knownKey: 'known-1', start: 2, end: 2 + key.length },
    ]);
  });

  test('by the hundred cost no finding', () => {
    const known = Array.from({ length: 300 }, (_, i) => ({ ...knownKey(canaryKey(i)), id: `id-${i}` }));
    const { matches } = match(known.map((one) => one.secret).join('\n'), [], known);
    expect(matches.map(({ knownKey: id }) => id)).toEqual(known.map(({ id }) => id));
  });
});

describe('several rules on the same bytes', () => {
  const generic = rule({
    id: 'generic',
    family: 'generic',
    pattern: new RegExp(`${PREFIX}[A-Za-z0-9]{40}.?`),
  });
  const short = rule({ id: 'short', pattern: new RegExp(`${PREFIX}[A-Za-z0-9]{10}`) });

  test.each([
    ['the provider before the generic rule', [generic, rule()], 'canary-key'],
    ['the longer before the shorter', [short, rule()], 'canary-key'],
    ['the first of equals', [rule({ id: 'one' }), rule({ id: 'two' })], 'one'],
  ])('%s', (_, rules, id) => {
    const { matches, claimed } = match(`k=${canaryKey()};`, rules);
    expect(matches.map((one) => one.rule)).toEqual([id]);
    expect(claimed[0]).toBe(2);
    expect(claimed[1]).toBeGreaterThanOrEqual(2 + canaryKey().length);
  });
});

describe('keybench:allow', () => {
  const allowed = (text: string) => match(text).matches.map(({ allowedInline }) => allowedInline);

  test.each([
    ['on the line', `k = ${canaryKey()} # keybench:allow`, true],
    ['in a comment alone above', `  // keybench:allow: test key\n${canaryKey()}`, true],
    ['above, with CR LF', `# keybench:allow\r\n${canaryKey()}\r\n`, true],
    ['beside code above', `let a = 1; // keybench:allow\n${canaryKey()}`, false],
    ['two lines above', `# keybench:allow\n\n${canaryKey()}`, false],
    ['below', `${canaryKey()}\n# keybench:allow`, false],
    ['nowhere', canaryKey(), false],
  ])('%s', (_, text, expected) => {
    expect(allowed(text)).toEqual([expected]);
  });
});
