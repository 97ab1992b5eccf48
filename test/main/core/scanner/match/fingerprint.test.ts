import { pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprintOf } from '../../../../../main/core/scanner/match/fingerprint.ts';

test('is the same everywhere and for ever', () => {
  // Baselines hold it: a change here makes every one of them worthless.
  expect(fingerprintOf('canary-key', 'open sesame')).toBe(
    pbkdf2Sync('open sesame', 'keybench finding v1\0canary-key', 1000, 16, 'sha256').toString('hex'),
  );
  expect(fingerprintOf('canary-key', 'open sesame')).toBe('fc39087f6c3f6d80433f6a93cf4dfbb7');
});

test('differs for another rule and another secret', () => {
  const all = [fingerprintOf('a', 's'), fingerprintOf('b', 's'), fingerprintOf('a', 't')];
  expect(new Set(all).size).toBe(3);
  for (const one of all) expect(one).toMatch(/^[0-9a-f]{32}$/);
});
