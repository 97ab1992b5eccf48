import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Scrubber } from '../../../../main/core/keys/scrub.ts';
import { bindBaseUrl, checkSecret, refuseKeyIn } from '../../../../main/core/keys/validate-key.ts';
import { AppError } from '../../../../preload/contract/errors.ts';

const complaint = (act: () => unknown): AppError => {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('was accepted');
};

describe('a key (S9)', () => {
  it('of visible ASCII passes, and white space around it is taken off', () => {
    expect(checkSecret('  sk-CANARY-ok\n')).toBe('sk-CANARY-ok');
    expect(checkSecret('!~'.repeat(600))).toHaveLength(1200);
  });

  const BAD: [string, string, RegExp][] = [
    ['a line break', 'sk-CANARY-a\nb-rest', /line break/],
    ['a carriage return', 'sk-CANARY-a\rb-rest', /line break/],
    ['a Unicode line separator', 'sk-CANARY-a\u2028b-rest', /line break/],
    ['NUL', 'sk-CANARY-a\0b-rest', /control character/],
    ['a tab', 'sk-CANARY-a\tb-rest', /control character/],
    ['a space', 'sk-CANARY-a b-rest', /space/],
    ['a hard space', 'sk-CANARY-a\u00a0b-rest', /space/],
    ['a typographic dash', 'sk–CANARY-rest-of', /typographic/],
    ['an emoji', 'sk-CANARY-😀-rest', /typographic/],
    ['a lone surrogate', 'sk-CANARY-\ud800-rest', /typographic/],
    ['nothing but blanks', '   ', /empty/],
    ['seven characters', 'sk-CANA', /too short/],
    ['1,201 characters', 'sk-CANARY'.padEnd(1201, 'x'), /too long/],
  ];
  for (const [what, value, says] of BAD)
    it(`with ${what} is refused with a sentence that does not hold it`, () => {
      const error = complaint(() => checkSecret(value));
      expect(error.code).toBe('KEY_INVALID');
      expect(error.message).toMatch(says);
      expect(error.data).toEqual({ field: 'secret' });
    });

  it('is never in the sentence, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1400 }), (tail) => {
        try {
          expect(checkSecret(`CANARY${tail}`)).toMatch(/^[\x21-\x7e]{8,1200}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect(JSON.stringify((error as AppError).toWire())).not.toContain('CANARY');
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('a base URL (S11)', () => {
  it('binds to scheme, host and port', () => {
    const origin = (url: string) => bindBaseUrl(url).origin;
    expect(bindBaseUrl(' https://API.example.com:443/v1/ ')).toEqual({
      baseUrl: 'https://api.example.com/v1',
      origin: 'https://api.example.com',
    });
    expect(origin('https://api.example.com:8443')).toBe('https://api.example.com:8443');
    expect(origin('https://bücher.example/v1')).toBe('https://xn--bcher-kva.example');
    expect(bindBaseUrl('https://x.example').baseUrl).toBe('https://x.example');
  });

  const LOCAL = [
    'http://127.0.0.1:11434',
    'http://127.1',
    'http://localhost:1234/v1',
    'http://app.localhost',
    'http://[::1]:8000',
    'http://10.1.2.3',
    'http://192.168.0.9:8000/v1',
    'http://172.16.0.1',
    'http://172.31.255.1',
    'http://169.254.1.1',
    'http://[fd12:3456::1]',
    'http://[fe80::1]',
    'http://nas.local',
    'http://gpu-box:8000',
    'http://host.home.arpa',
  ];
  for (const url of LOCAL)
    it(`${url} may be plain http`, () => expect(bindBaseUrl(url).origin).toMatch(/^http:/));

  const PUBLIC = [
    'http://api.example.com',
    'http://8.8.8.8',
    'http://172.32.0.1',
    'http://192.169.0.1',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://10.example.com',
    'http://[2001:db8::1]',
    'http://[fec0::1]',
    'http://0x08080808',
  ];
  for (const url of PUBLIC)
    it(`${url} must be https`, () => {
      const error = complaint(() => bindBaseUrl(url));
      expect(error.message).toContain('https://');
      expect(error.data).toEqual({ field: 'baseUrl' });
    });

  for (const url of [
    '',
    'api.example.com',
    'ftp://x.example',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://',
    'https://user:CANARY@x.example',
    'https://x.example/?key=CANARY',
    'https://x.example/#CANARY',
  ])
    it(`“${url}” is refused without being repeated`, () => {
      const error = complaint(() => bindBaseUrl(url));
      expect(error.code).toBe('KEY_INVALID');
      expect(error.message).not.toContain('CANARY');
    });
});

it('a name or base URL that holds a key is refused: this one, a stored one, or what looks like one', () => {
  const scrubber = new Scrubber();
  scrubber.add('stored-secret-1', 'prod');
  const refused = (text: string, secret = '') =>
    complaint(() => refuseKeyIn('name', text, secret, scrubber)).code;
  expect(refused('my typed-secret', 'typed-secret')).toBe('KEY_INVALID');
  expect(refused('stored-secret-1')).toBe('KEY_INVALID');
  expect(refused('sk-ant-abcdefghijklmnopqrst')).toBe('KEY_INVALID');
  expect(() => refuseKeyIn('name', 'sk test key', 'typed-secret', scrubber)).not.toThrow();
  expect(() => refuseKeyIn('baseUrl', 'https://api.example.com/v1', 'typed-secret', scrubber)).not.toThrow();
});
