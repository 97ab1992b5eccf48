import { expect, test } from 'vitest';
import { ProbeTime, safePattern } from '../../../../../main/core/scanner/rules/safe-pattern.ts';

const problem = (source: string) => safePattern(source, 'gm', new ProbeTime(), ['acme_']).problem;

test.each([
  'acme_[a-z0-9]{32}',
  '(?<secret>acme_[A-Za-z0-9]{10,100})(?![A-Za-z0-9])',
  '(?:acme|other)[_-](?:[a-z]{1,10}-){1,4}[0-9]+',
  '\\bacme\\b.{0,40}?=\\s{0,4}["\']([^"\']{8,64})["\']',
  '[(+]acme[)*]\\+\\*',
])('%s is safe', (source) => {
  expect(problem(source)).toBeUndefined();
});

test.each([
  ['(a+)+$', 'repeats'],
  ['(?:[a-z]*,)*end', 'repeats'],
  ['((?:a{1,40}b)c){2,}', 'repeats'],
  ['(a|aa){1,90}!', 'too long'],
  ['(a|a)*b', 'too long'],
  ['\\w+\\s*=\\s*\\w+!', 'too long'],
  ['[a-z]+@', 'too long'],
  ['x*', 'empty'],
  ['(?=acme_)', 'empty'],
  ['$', 'empty'],
  ['acme_)', 'no valid'],
  ['a'.repeat(2001), 'longer'],
])('%s is not safe', (source, reason) => {
  expect(problem(source)).toContain(reason);
});
