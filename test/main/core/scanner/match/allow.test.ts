import { expect, test } from 'vitest';
import { allowedBy, pathAllowed } from '../../../../../main/core/scanner/match/allow.ts';
import type { AllowList } from '../../../../../main/core/scanner/model.ts';

const list = (over: Partial<AllowList>): AllowList => ({
  rules: [],
  paths: [],
  secrets: [],
  stopWords: [],
  reason: '',
  ...over,
});

test('a secret is allowed by an expression or by a word in any case', () => {
  expect(allowedBy(list({ secrets: [/^abc/] }), 'r', 'abcdef')).toBe(true);
  expect(allowedBy(list({ secrets: [/^abc/] }), 'r', 'xabc')).toBe(false);
  expect(allowedBy(list({ stopWords: ['CanAry'] }), 'r', 'a-cANARY-b')).toBe(true);
  expect(allowedBy(list({ stopWords: [''] }), 'r', 'abc')).toBe(false);
  expect(allowedBy(list({}), 'r', 'abc')).toBe(false);
});

test('a list for some rules says nothing about others', () => {
  const some = list({ rules: ['one', 'two'], secrets: [/abc/], paths: [/test/] });
  expect(allowedBy(some, 'two', 'abc')).toBe(true);
  expect(allowedBy(some, 'three', 'abc')).toBe(false);
  expect(pathAllowed(some, 'one', 'a/test/b')).toBe(true);
  expect(pathAllowed(some, 'three', 'a/test/b')).toBe(false);
});

test('paths and secrets count by themselves', () => {
  const both = list({ secrets: [/abc/], paths: [/^docs\//] });
  expect(allowedBy(both, 'r', 'abc')).toBe(true);
  expect(pathAllowed(both, 'r', 'docs/x')).toBe(true);
  expect(pathAllowed(both, 'r', 'src/docs/x')).toBe(false);
});

test('an expression with a memory gives the same answer each time', () => {
  const sticky = list({ secrets: [/abc/g] });
  expect([1, 2, 3].map(() => allowedBy(sticky, 'r', 'abc'))).toEqual([true, true, true]);
});
