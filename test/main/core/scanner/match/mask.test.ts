import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskSecret } from '../../../../../main/core/scanner/match/mask.ts';
import { canaryKey, randomText } from './support/canary-rules.ts';

const shownOf = (mask: string) => mask.replace('··', '');

test('the ends of a long secret are shown, and nothing between', () => {
  const secret = canaryKey();
  expect(maskSecret(secret)).toBe(`${secret.slice(0, 4)}··${secret.slice(-4)}`);
});

test('never more than 8 characters, never more than a quarter, and only from the ends', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (secret) => {
      const [head = '', tail = ''] = maskSecret(secret).split('··');
      const characters = Array.from(secret).length;
      const shown = Array.from(head).length + Array.from(tail).length;
      if (secret.includes('·')) return;
      expect(shown).toBeLessThanOrEqual(Math.min(8, characters / 4));
    }),
  );
});

test.each([0, 1, 3, 4, 8, 12, 16])('a secret of %i characters', (length) => {
  const secret = randomText(1, length);
  const shown = shownOf(maskSecret(secret));
  expect(shown).toHaveLength(Math.floor(length / 4));
  expect(shown).toBe(
    secret.slice(0, Math.ceil(shown.length / 2)) + secret.slice(length - Math.floor(shown.length / 2)),
  );
});

test('of a private key its kind is shown and none of its lines', () => {
  const kind = ['RSA', 'PRIVATE', 'KEY'].join(' ');
  const block = `-----BEGIN ${kind}-----\n${randomText(1, 64)}\n${randomText(2, 64)}\n-----END ${kind}-----`;
  expect(maskSecret(block)).toBe(`-----BEGIN ${kind}-----··`);
});

test('line ends and hidden characters do not get into a row', () => {
  expect(maskSecret(`\n\u202e${randomText(1, 40)}\r\n`)).toMatch(/^[^\p{C}]*··[^\p{C}]*$/u);
});
