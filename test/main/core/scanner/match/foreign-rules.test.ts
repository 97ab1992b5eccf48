// Expressions that pass every test beforehand and would still run for ever.
import { expect, test } from 'vitest';
import { createMatcher } from '../../../../../main/core/scanner/match/matcher.ts';
import { scanRules } from '../../../../../main/core/scanner/scan/scan-rules.ts';
import { anthropicKey } from '../../../../support/scanning.ts';

const ENDLESS = [
  'foo[q]*[q]*[q]*[q]*[q]*[q]*z',
  'foo(?:qw?q?w?)*?z',
  'foo(?:q|qq){1,16}(?:q|qq){1,16}(?:q|qq){1,16}z',
];
const config = (patterns: readonly string[]) => ({
  configs: [
    {
      from: 'repository' as const,
      path: '.keybench.toml',
      text: [
        ...patterns.map((source, at) => `[[rules]]\nid="slow-${at}"\nanchors=["foo"]\npattern='${source}'`),
        `[[allow]]\nsecrets=[${patterns.map((source) => `'${source.replace('foo', '')}'`).join(', ')}]`,
      ].join('\n'),
    },
  ],
  enable: [],
  disable: [],
});
const hostile = Buffer.from(`foo${'q'.repeat(5000)} ${anthropicKey(1)}`);

test('a rule that would never end is given up, and the others still find what there is', () => {
  const rules = scanRules(config(ENDLESS));
  const matcher = createMatcher(rules.set, [], { budgetMs: 20 });
  const { matches, timedOut } = matcher.match(hostile);
  expect(matches.map(({ rule }) => rule)).toEqual(['anthropic-api-key']);
  expect(timedOut.sort()).toEqual(ENDLESS.map((_, at) => `slow-${at}`));
});

test('after a few contents it costs nothing more, and still counts as given up', () => {
  const matcher = createMatcher(scanRules(config(ENDLESS)).set, [], { budgetMs: 20 });
  for (let content = 0; content < 4; content++) matcher.match(hostile);
  const begun = process.cpuUsage();
  for (let content = 0; content < 50; content++)
    expect(matcher.match(hostile).timedOut).toHaveLength(ENDLESS.length);
  // Fifty times the 40 ms of each rule would be six seconds.
  expect(process.cpuUsage(begun).user / 1000).toBeLessThan(3000);
});

test('an allow list that would never end allows nothing', () => {
  const rules = scanRules(config(ENDLESS));
  const answers = Array.from({ length: 40 }, () => rules.allowedBySecret('x', 'q'.repeat(5000)));
  expect(answers.every((answer) => answer === null)).toBe(true);
});
