// What the scanner is given: all that can be read without asking anybody, and no error ever.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprintWith } from '../../../../main/core/keys/fingerprints.ts';
import { formsInFiles } from '../../../../main/core/keys/secret-variants.ts';
import { type Bench, startKeyService } from '../../../support/key-service.ts';

const secretOf = (name: string) => `sk-CANARY-${name}-${randomBytes(12).toString('hex')}`;
const draft = (name: string, secret: string, backend?: 'memory' | 'vault') => ({
  name,
  provider: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  secret,
  ...(backend ? { backend } : {}),
});
let bench: Bench;
beforeEach(() => {
  bench = startKeyService();
});
afterEach(() => bench.close());

describe('forScanner', () => {
  test('gives every key of keychain, vault and memory with its forms, and counts no use', async () => {
    await bench.service.probe();
    bench.service.allowMemory();
    await bench.service.createVault('a passphrase of some words');
    const secrets = { one: secretOf('one'), two: secretOf('two'), three: secretOf('three') };
    await bench.service.add(draft('one', secrets.one));
    await bench.service.add(draft('two', secrets.two, 'vault'));
    await bench.service.add(draft('three', secrets.three, 'memory'));
    const { keys, pepper } = await bench.service.forScanner();
    expect(keys.map(({ name, secret }) => [name, secret])).toEqual(Object.entries(secrets));
    for (const { secret, forms } of keys) expect(forms).toContain(secret);
    expect(bench.service.list().map(({ uses, lastUsedAt }) => [uses, lastUsedAt])).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    // With the pepper a scan thread makes the very fingerprint that the table holds.
    expect(fingerprintWith(pepper ?? '', secrets.one)).toBe(keys[0]?.fingerprint);
    expect(bench.rows().find(({ name }) => name === 'one')?.fingerprint).toBe(keys[0]?.fingerprint);
  });

  test('reads them again after a restart, and leaves a locked vault and lost memory out', async () => {
    await bench.service.probe();
    bench.service.allowMemory();
    await bench.service.createVault('a passphrase of some words');
    await bench.service.add(draft('one', secretOf('one')));
    await bench.service.add(draft('two', secretOf('two'), 'vault'));
    await bench.service.add(draft('three', secretOf('three'), 'memory'));
    bench = bench.crash();
    expect((await bench.service.forScanner()).keys.map(({ name }) => name)).toEqual(['one']);
    await bench.service.unlockVault('a passphrase of some words');
    expect((await bench.service.forScanner()).keys.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  test.each(['locked', 'no-bus', 'hung', 'crashed', 'missing'] as const)(
    'with a keychain that is %s gives what else there is, and never rejects or unlocks',
    async (state) => {
      await bench.service.probe();
      bench.service.allowMemory();
      await bench.service.add(draft('one', secretOf('one')));
      await bench.service.add(draft('three', secretOf('three'), 'memory'));
      bench.keychain.state = state;
      await bench.service.probe();
      const { calls } = bench.keychain;
      const before = calls.length;
      const { keys } = await bench.service.forScanner();
      expect(keys.map(({ name }) => name)).toEqual(['three']);
      expect(calls.slice(before)).toEqual([]);
    },
  );

  test('goes on when the keychain fails in the middle', async () => {
    await bench.service.probe();
    bench.service.allowMemory();
    await bench.service.add(draft('one', secretOf('one')));
    await bench.service.add(draft('three', secretOf('three'), 'memory'));
    bench.keychain.before = () => {
      throw new Error('The bus is gone.');
    };
    expect((await bench.service.forScanner()).keys.map(({ name }) => name)).toEqual(['three']);
  });

  test('without any key has nothing, and makes no pepper', async () => {
    await bench.service.probe();
    expect(await bench.service.forScanner()).toEqual({ pepper: null, keys: [] });
    expect(bench.keychain.entries.size).toBe(0);
  });
});

test('the forms are those that stand in files, none of them too short to be sure', () => {
  const secret = 'ab/cd+ef"12';
  const forms = formsInFiles(secret);
  expect(forms).toContain(secret);
  expect(forms).toContain(encodeURIComponent(secret));
  expect(forms).toContain(JSON.stringify(secret).slice(1, -1));
  for (const before of ['', 'x', 'xy'])
    expect(forms.some((form) => Buffer.from(`${before}${secret}!`).toString('base64').includes(form))).toBe(
      true,
    );
  expect(forms).not.toContain(Buffer.from(secret).toString('hex'));
  expect(formsInFiles('abc').every((form) => form.length >= 8)).toBe(true);
});
