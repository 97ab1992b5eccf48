import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../../../main/core/scanner/rules/config.ts';
import { sample } from '../../../../../main/core/scanner/rules/sample.ts';
import { find } from './find.ts';

const USER = { from: 'user', path: '~/.config/keybench.toml' } as const;
const REPOSITORY = { from: 'repository', path: '.keybench.toml' } as const;
const NONE: ReadonlySet<string> = new Set();

const rule = (lines: string) =>
  `[[rules]]\nid = "acme-key"\nanchors = ["acme_"]\npattern = 'acme_[a-z]{20}'\n${lines}`;
const problems = (text: string, where: Parameters<typeof parseConfig>[1] = USER) =>
  parseConfig(text, where, new Set(['groq-api-key'])).problems;

describe('a configuration', () => {
  test('adds rules', () => {
    const { rules, problems } = parseConfig(
      `[[rules]]
id = "acme-key"
description = "Opens the Acme vault."
provider = "Acme"
severity = "high"
anchors = ["ACME_"]
pattern = '(?i)acme_(?P<secret>[a-z0-9]{20})(?![a-z0-9])'
entropy = 3
revoke = "https://acme.test/keys"
`,
      USER,
      NONE,
    );
    expect(problems).toEqual([]);
    expect(rules).toMatchObject([
      {
        id: 'acme-key',
        provider: 'Acme',
        family: 'user',
        description: 'Opens the Acme vault.',
        severity: 'high',
        anchors: ['acme_'],
        entropy: 3,
        revoke: 'https://acme.test/keys',
      },
    ]);
    const key = sample('[ld:20]');
    expect(find(rules[0]!, `x = "Acme_${key}"`)).toEqual([key]);
    expect(find(rules[0]!, `x = "Acme_${'a'.repeat(20)}"`)).toEqual([]);
  });

  test('adds allow lists', () => {
    const { allow, problems } = parseConfig(
      `[[allow]]
rules = ["groq-api-key"]
paths = ['^test/fixtures/']
secrets = ['(?i)canary']
stop_words = ["sandbox"]
reason = "Made for tests."
`,
      REPOSITORY,
      NONE,
    );
    expect(problems).toEqual([]);
    expect(allow).toEqual([
      {
        rules: ['groq-api-key'],
        paths: [/^test\/fixtures\//],
        secrets: [/canary/i],
        stopWords: ['sandbox'],
        reason: 'Made for tests.',
      },
    ]);
  });

  test('switches rules on and off and sets the largest content', () => {
    const text = '[scan]\nenable = ["a"]\ndisable = ["b", "c"]\nmax_blob = "20 MB"\n';
    expect(parseConfig(text, USER, NONE)).toMatchObject({
      enable: ['a'],
      disable: ['b', 'c'],
      maxBlob: 20 * 1024 * 1024,
      problems: [],
    });
    expect(parseConfig('[scan]\nmax_blob = 4096', USER, NONE).maxBlob).toBe(4096);
  });

  test('may be empty, and may begin with a byte order mark', () => {
    expect(problems('')).toEqual([]);
    expect(problems('\uFEFF[scan]\n')).toEqual([]);
  });
});

describe('every mistake is one sentence with the file, what is wrong, and what to do', () => {
  test.each<[string, string, string]>([
    ['TOML', '[[rules]\n', 'line 1, column 9 is no valid TOML, so all of it was ignored; correct it there.'],
    ['an unknown setting', 'colour = 1', 'has the unknown setting "colour"; remove it or correct its name.'],
    [
      'an unknown setting of a rule',
      rule('colour = 1'),
      '[[rules]] number 1 has the unknown setting "colour"; remove it or correct its name.',
    ],
    [
      'an unknown setting of a scan',
      '[scan]\ncolour = 1',
      '[scan] has the unknown setting "colour"; remove it or correct its name.',
    ],
    ['a table for a list', '[rules]\nid = "a"', 'rules is no list of tables; write [[rules]] above each.'],
    ['a list for a table', '[[scan]]', 'scan is no table; write [scan] above its settings.'],
    [
      'a number for a text',
      rule('provider = 1'),
      '[[rules]] number 1 has a provider that is no text; put it in quotes.',
    ],
    [
      'a text for a list',
      "[scan]\nenable = 'a'",
      '[scan] has enable that are no list of texts; write enable = ["…"], each printable and not empty.',
    ],
    [
      'no id',
      rule('').replace(/id.*\n/, ''),
      '[[rules]] number 1 has no usable id; give it one of lower-case letters, digits and hyphens.',
    ],
    [
      'a bad id',
      rule('').replace('acme-key', 'Acme Key'),
      '[[rules]] number 1 has no usable id; give it one of lower-case letters, digits and hyphens.',
    ],
    [
      'the id of a built-in rule',
      rule('').replace('acme-key', 'groq-api-key'),
      'rule "groq-api-key" has the id of another rule; give it one of its own.',
    ],
    [
      'the same id twice',
      rule('') + rule(''),
      'rule "acme-key" has the id of another rule; give it one of its own.',
    ],
    [
      'a bad severity',
      rule('severity = "fatal"'),
      'rule "acme-key" has the severity "fatal"; write high, medium or low.',
    ],
    [
      'a bad link',
      rule('revoke = "javascript:alert(1)"'),
      'rule "acme-key" has a revoke link that is no https address; correct or remove it.',
    ],
    [
      'a bad entropy',
      rule('entropy = "high"'),
      '[[rules]] number 1 has something else than a number from 0 to 8 as entropy; correct it.',
    ],
    [
      'no anchors',
      rule('').replace(/anchors.*\n/, ''),
      'rule "acme-key" needs 1 to 50 anchors: short texts that stand in or beside every match.',
    ],
    [
      'a short anchor',
      rule('').replace('acme_"', 'ac"'),
      'rule "acme-key" has an anchor that is not 3 to 64 ASCII characters long; choose another.',
    ],
    ['no pattern', rule('').replace(/pattern.*\n/, ''), 'rule "acme-key" has no pattern; add one.'],
    [
      'a bad pattern',
      rule('').replace('[a-z]{20}', '('),
      'rule "acme-key" has a pattern that is no valid regular expression (unterminated group); change it.',
    ],
    [
      'an empty match',
      rule('').replace('acme_[a-z]{20}', '(?:acme)?'),
      'rule "acme-key" has a pattern that matches the empty text; change it.',
    ],
    [
      'a nested repetition',
      rule('').replace('[a-z]{20}', '([a-z]+)+!'),
      'rule "acme-key" has a pattern that repeats a group that itself repeats, which can take for ever; change it.',
    ],
    [
      'a slow pattern',
      rule('').replace('acme_[a-z]{20}', '[a-z]+[0-9a-z]+@'),
      'rule "acme-key" has a pattern that takes too long on some texts; bound its repetitions, as in {1,64}; change it.',
    ],
    [
      'an allow list without effect',
      '[[allow]]\nreason = "why not"',
      '[[allow]] number 1 allows nothing; add paths, secrets or stop_words.',
    ],
    [
      'a short stop word',
      '[[allow]]\nstop_words = ["a"]',
      '[[allow]] number 1 has a stop word of fewer than three characters; make it longer.',
    ],
    [
      'a slow allow list',
      "[[allow]]\npaths = ['ok', '(a*)*b']",
      '[[allow]] number 1 has a pattern, number 2 of paths, that repeats a group that itself repeats, which can take for ever; change it.',
    ],
    [
      'a bad size',
      '[scan]\nmax_blob = "large"',
      '[scan] has a max_blob that is no size; write a number of bytes, or for example "20 MB".',
    ],
    [
      'escapes for a terminal',
      rule('description = "\\u001b[2J"'),
      '[[rules]] number 1 has a description with characters that cannot be shown; remove them.',
    ],
    [
      'text that turns around',
      rule('provider = "Acme\\u202e"'),
      '[[rules]] number 1 has a provider with characters that cannot be shown; remove them.',
    ],
  ])('%s', (_name, text, sentence) => {
    expect(problems(text)).toContain(`~/.config/keybench.toml: ${sentence}`);
  });

  test('a file that is too large', () => {
    expect(problems('#'.repeat(600_000))).toEqual([
      '~/.config/keybench.toml: is larger than 512 KB and was ignored; keep only what is needed.',
    ]);
  });

  test('the limit of a content, in a repository', () => {
    const config = parseConfig('[scan]\nmax_blob = 10', REPOSITORY, NONE);
    expect(config.maxBlob).toBeNull();
    expect(config.problems).toEqual([
      '.keybench.toml: [scan] has max_blob, which only your own settings may set; remove it from the repository.',
    ]);
  });

  test('no sentence repeats what stands in the file', () => {
    const secret = sample('gsk_[an:52]');
    for (const text of [`key = "${secret}`, `pattern = ${secret}`, rule(`severity = 1`) + secret])
      expect(problems(text).join('\n')).not.toContain(secret.slice(0, 12));
  });
});

test('what is right counts, beside what is wrong', () => {
  const { rules, problems } = parseConfig(
    `${rule('')}\n[[rules]]\nid = "broken"\nanchors = ["broken"]\npattern = '('\n`,
    USER,
    NONE,
  );
  expect(rules.map(({ id }) => id)).toEqual(['acme-key']);
  expect(problems).toHaveLength(1);
});

test('a hundred slow patterns take no longer than a few', { timeout: 60_000 }, () => {
  const slow = Array.from(
    { length: 100 },
    (_, i) => `[[rules]]\nid = "r${i}"\nanchors = ["key"]\npattern = '[a-z]+[0-9a-z]+@${i}'`,
  );
  const start = performance.now();
  const config = parseConfig(slow.join('\n'), REPOSITORY, NONE);
  expect(performance.now() - start).toBeLessThan(20_000);
  expect(config.rules).toEqual([]);
  expect(config.problems).toHaveLength(100);
  expect(config.problems.at(-1)).toContain('was not tried, because those before it were too slow');
});
