import { describe, expect, test } from 'vitest';
import {
  hasCrcEnd,
  isAwsKeyId,
  isBase64Of,
  isBasicCredential,
  isDiscordToken,
  jwtParts,
  withCrcEnd,
} from '../../../../../main/core/scanner/rules/checks.ts';
import { sample } from '../../../../../main/core/scanner/rules/sample.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the check sum of GitHub and npm', () => {
  test('is the one that is known from a published example', () => {
    // https://github.com/secretlint/secretlint/issues/202, with the alphabet digits, upper case, lower case.
    const body = ['qkJaB6MffYVz', 'ZXWqmcoF49yr', 'UxP3wf'].join('');
    expect(withCrcEnd('', body)).toBe(`${body}0LsakP`);
  });

  test('holds for made tokens and for none with another character', () => {
    for (let seed = 0; seed < 50; seed++) {
      const token = withCrcEnd('ghp_', sample('[an:30]', seed));
      expect(hasCrcEnd(token)).toBe(true);
      expect(hasCrcEnd(token.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')))).toBe(false);
      expect(hasCrcEnd(token.replace(/^ghp_./, (start) => (start === 'ghp_a' ? 'ghp_b' : 'ghp_a')))).toBe(
        false,
      );
    }
  });
});

test('an AWS key id holds an account number of twelve digits', () => {
  expect(isAwsKeyId(sample('AKIAD[b32:15]'))).toBe(true);
  expect(isAwsKeyId(sample('AKIA77777777[b32:8]'))).toBe(false);
  expect(isAwsKeyId(sample('AKIAI[b32:15]'))).toBe(true);
  expect(isAwsKeyId(sample('AKIA[d:16]').replace(/[2-7]/g, '0'))).toBe(false);
});

test('base64 has the number of bytes that is asked for', () => {
  expect(isBase64Of(64)(sample('[b64:85]Q=='))).toBe(true);
  expect(isBase64Of(64)(sample('[b64:85]R=='))).toBe(false);
  expect(isBase64Of(64)(sample('[b64:84]'))).toBe(false);
});

test('a Discord token begins with the id of its user', () => {
  const id = Buffer.from('812345678901234567').toString('base64url');
  expect(isDiscordToken(`${id}.GxYzAb.${sample('[url:38]')}`)).toBe(true);
  expect(isDiscordToken(`${sample('M[an:23]')}.GxYzAb.${sample('[url:38]')}`)).toBe(false);
});

test('a JSON Web Token has a header with an algorithm, and a payload', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  expect(jwtParts(`${part({ alg: 'HS256' })}.${part({ sub: '1' })}.x`)).toEqual({
    header: { alg: 'HS256' },
    payload: { sub: '1' },
  });
  expect(jwtParts(`${part({ typ: 'JWT' })}.${part({ sub: '1' })}.x`)).toBeNull();
  expect(jwtParts(`${part({ alg: 'HS256' })}.${part(['a'])}.x`)).toBeNull();
  expect(jwtParts('eyJ.eyJ.x')).toBeNull();
});

test('basic authentication is a name and a password', () => {
  expect(isBasicCredential(base64('deploy:vK3-horse'))).toBe(true);
  expect(isBasicCredential(base64('admin:password'))).toBe(false);
  expect(isBasicCredential(base64('no colon here'))).toBe(false);
  expect(isBasicCredential(sample('[b64:32]'))).toBe(false);
});
