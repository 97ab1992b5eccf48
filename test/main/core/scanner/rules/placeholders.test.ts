import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../../../../main/core/scanner/rules/index.ts';
import { isPlaceholder } from '../../../../../main/core/scanner/rules/placeholders.ts';
import { filler, sample } from '../../../../../main/core/scanner/rules/sample.ts';

const rule = (id: string) => RULES.find((one) => one.id === id)!;
const KEY = rule('groq-api-key');
const PASSWORD = rule('postgres-url');
const SHAPES = [
  'sk-ant-api03-[url:93]AA',
  'gsk_[an:52]',
  '[hex:32]',
  'AKIA[b32:16]',
  '[b64:88]',
  '[ud:26]',
  'u+[an:18]',
];

describe('a placeholder', () => {
  test.each(SHAPES)('is no key of the shape %s, whatever its characters', (shape) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => !isPlaceholder(sample(shape, seed), KEY)),
      { numRuns: 500 },
    );
  });

  test('is no random password', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => !isPlaceholder(sample('[an:14]', seed), PASSWORD)),
      { numRuns: 500 },
    );
  });

  test.each(SHAPES)('is a key of the shape %s that is filled with one character', (shape) => {
    expect(isPlaceholder(filler(shape), KEY)).toBe(true);
  });

  test.each([
    'sk-ant-api03-YOUR_KEY_HERE',
    'gsk_your_api_key_goes_here',
    'sk-proj-xxxxxxxxxxxxxxxxxxxx',
    `AKIA${'IOSFODNN7'}EXAMPLE`,
    `ghp_${'1234567890'.repeat(3)}`,
    `hf_${'abc'.repeat(12)}`,
    '0123456789abcdef0123456789abcdef',
    'deadbeefdeadbeefdeadbeefdeadbeef',
    'changeme-changeme-changeme',
    'REPLACE_ME_WITH_A_KEY',
    '00000000-0000-0000-0000-000000000000',
    'fake_key_for_tests_only_1',
  ])('is what documentation writes: %s', (text) => {
    expect(isPlaceholder(text, KEY)).toBe(true);
  });

  test('is any word for a key, wherever it stands in one', () => {
    const words = ['example', 'placeholder', 'changeme', 'your_', 'redacted', 'replace_me', 'foobar'];
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(30), fc.integer(), (word, at, seed) => {
        const random = sample('[an:40]', seed);
        return isPlaceholder(random.slice(0, at) + word + random.slice(at), KEY);
      }),
    );
  });

  test.each([
    'password',
    'Password1',
    'mysecretpassword',
    'postgres',
    'my-db-password',
    'p@ssw0rd',
    '$DB_PASSWORD',
    ['$', '{DB_PASSWORD}'].join(''),
    '{{ password }}',
    '{password}',
    '<password>',
    '%s',
    '%(password)s',
    '$(cat',
    '***',
    'process.env.PASSWORD',
    '#{password}',
  ])('is what stands for a password: %s', (text) => {
    expect(isPlaceholder(text, PASSWORD)).toBe(true);
  });

  test('is a key that its provider prints in its documentation', () => {
    const printed = ['sk_test_', '4eC39HqLyjWD', 'arjtT1zdp7dc'].join('');
    expect(isPlaceholder(printed, rule('stripe-test-key'))).toBe(true);
    expect(isPlaceholder(`${printed.slice(0, -1)}d`, rule('stripe-test-key'))).toBe(false);
  });

  test('is no private key, whose base64 may hold long runs', () => {
    const body = `b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\n${sample('[b64:140]')}`;
    expect(isPlaceholder(body, rule('openssh-private-key'))).toBe(false);
    expect(isPlaceholder('A'.repeat(64), rule('rsa-private-key'))).toBe(true);
  });
});
