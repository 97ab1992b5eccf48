// No text makes an expression slow. The bound is absolute: it is a hundred times what most rules take.
import { expect, test } from 'vitest';
import type { Rule } from '../../../../../main/core/scanner/model.ts';
import { RULES } from '../../../../../main/core/scanner/rules/index.ts';
import { attackTexts } from './attack-texts.ts';

const SIZE = 100_000;
const LIMIT_MS = 200;

/** CPU time, so that a busy machine does not count. */
function milliseconds(pattern: RegExp, text: string): number {
  const start = process.threadCpuUsage().user;
  for (const _ of text.matchAll(pattern));
  return (process.threadCpuUsage().user - start) / 1000;
}

/** The worst text of a rule. One that was slow is tried again: the first run compiles the expression. */
function worst(rule: Pick<Rule, 'pattern'>, texts: readonly string[]): number {
  return Math.max(
    ...texts.map((text) => {
      const first = milliseconds(rule.pattern, text);
      return first < LIMIT_MS / 4 ? first : Math.min(first, milliseconds(rule.pattern, text));
    }),
  );
}

test(`every rule reads any ${SIZE} characters in ${LIMIT_MS} ms`, { timeout: 300_000 }, () => {
  const slow = RULES.map((rule) => [rule.id, worst(rule, attackTexts(rule, SIZE))] as const).filter(
    ([, ms]) => ms > LIMIT_MS,
  );
  expect(slow).toEqual([]);
});

test('an expression of quadratic time would be seen', () => {
  expect(worst({ pattern: /[a-z]+!/g }, ['a'.repeat(SIZE / 5)])).toBeGreaterThan(LIMIT_MS);
});
