// Every key in our own sources is made at run time, so that a scan of this repository finds none.
import { expect, test } from 'vitest';
import { createMatcher } from '../../../../../main/core/scanner/match/matcher.ts';
import { ruleSet } from '../../../../../main/core/scanner/rules/rule-set.ts';
import { sample } from '../../../../../main/core/scanner/rules/sample.ts';
import { sources } from '../../../../../scripts/check/source-files.ts';

const matcher = createMatcher(ruleSet({ configs: [], enable: [], disable: [] }).set, []);
const found = (text: string) =>
  matcher.match(Buffer.from(text)).matches.map(({ rule, line }) => `${rule}, line ${line}`);

test('no source file holds what a rule finds', () => {
  const files = [...sources()];
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap(([file, text]) => found(text).map((match) => `${file}: ${match}`))).toEqual([]);
});

test('a key in one would be found', () => {
  expect(found(`const key = '${sample('gsk_[an:52]')}';`)).toEqual(['groq-api-key, line 1']);
});
