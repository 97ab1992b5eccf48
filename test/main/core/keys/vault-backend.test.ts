import { randomBytes } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/core/clock.ts';
import { createVaultBackend } from '../../../../main/core/keys/vault-backend.ts';
import { unverified, vaultError, verified } from '../../../../main/core/keys/vault-file.ts';
import { deriveKeys, hasArgon2, newKdf } from '../../../../main/core/keys/vault-kdf.ts';
import { cheapKdf } from '../../../support/vault-writer.ts';

const PASSPHRASE = 'test passphrase';
let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keybench-vault-'));
  file = join(dir, 'vault.json');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = () => createVaultBackend({ file, clock: systemClock, kdf: cheapKdf });
async function made(entries: Record<string, string> = {}) {
  const vault = open();
  await vault.create(PASSPHRASE);
  for (const [account, secret] of Object.entries(entries)) await vault.set(account, secret);
  return vault;
}
const canary = () => `sk-CANARY-${randomBytes(9).toString('hex')}`;

describe('a vault', () => {
  it('is absent, then unlocked, then locked, and keeps its entries across all of it', async () => {
    const vault = open();
    expect(vault.state()).toBe('absent');
    await expect(vault.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'VAULT_ABSENT' });
    await vault.create(PASSPHRASE);
    expect(vault.state()).toBe('unlocked');
    const secret = canary();
    await vault.set('one', secret);
    await vault.set('two', 'other-secret');
    expect(await vault.delete('two')).toBe(true);
    expect(await vault.delete('two')).toBe(false);
    vault.lock();
    expect([vault.state(), vault.has('one')]).toEqual(['locked', false]);
    await expect(vault.get('one')).rejects.toMatchObject({ code: 'KEY_LOCKED' });
    await expect(vault.set('one', secret)).rejects.toMatchObject({ code: 'KEY_LOCKED' });
    expect((await vault.probe()).state).toBe('locked');
    const again = open();
    await again.unlock(PASSPHRASE);
    expect([again.has('one'), await again.get('one'), await again.get('two')]).toEqual([true, secret, null]);
    expect((await again.probe()).state).toBe('ready');
  });

  it('is never written over, and wants a passphrase worth the name', async () => {
    await made({ one: 'secret-one' });
    await expect(open().create(PASSPHRASE)).rejects.toMatchObject({ code: 'VAULT_EXISTS' });
    rmSync(file);
    await expect(open().create('short')).rejects.toMatchObject({ code: 'KEY_INVALID' });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('holds nothing readable, is readable by its owner only, and is one file', async () => {
    const secret = canary();
    await made({ one: secret });
    const text = readFileSync(file, 'utf8');
    for (const form of [secret, Buffer.from(secret).toString('hex'), PASSPHRASE])
      expect(text).not.toContain(form);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['vault.json']);
  });

  it('uses a new random value for each encryption', async () => {
    const vault = await made({ one: 'same-secret', two: 'same-secret' });
    const before = unverified(readFileSync(file, 'utf8')).entries;
    await vault.set('one', 'same-secret');
    const after = unverified(readFileSync(file, 'utf8')).entries;
    expect(new Set([before.one?.iv, before.two?.iv, after.one?.iv]).size).toBe(3);
    expect([before.one?.version, after.one?.version]).toEqual([1, 2]);
  });

  it('loses nothing when two processes write in turn, or one writes many at once', async () => {
    const [a, b] = [await made(), open()];
    await b.unlock(PASSPHRASE);
    await a.set('from-a', 'secret-a');
    await b.set('from-b', 'secret-b');
    await Promise.all(Array.from({ length: 30 }, (_, i) => a.set(`many-${i}`, `secret-${i}`)));
    expect([await a.get('from-b'), await b.get('from-a'), await b.get('many-29')]).toEqual([
      'secret-b',
      'secret-a',
      'secret-29',
    ]);
  });

  it('says so when it cannot be written, and stays as it was', async () => {
    await made({ one: 'secret-one' });
    // A name so long that the temporary file beside it cannot exist; rights would not stop root.
    const long = join(dir, 'v'.repeat(250));
    renameSync(file, long);
    const vault = createVaultBackend({ file: long, clock: systemClock, kdf: cheapKdf });
    await vault.unlock(PASSPHRASE);
    await expect(vault.set('two', 'secret-two')).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
      message: expect.stringContaining('ENAMETOOLONG'),
    });
    expect([await vault.get('one'), await vault.get('two')]).toEqual(['secret-one', null]);
  });

  it('clears away old temporary files, and no young ones', async () => {
    const vault = await made();
    for (const name of ['vault.json.tmp-old', 'vault.json.tmp-young']) writeFileSync(join(dir, name), '');
    utimesSync(join(dir, 'vault.json.tmp-old'), 0, 0);
    await vault.set('one', 'secret-one');
    expect(readdirSync(dir).sort()).toEqual(['vault.json', 'vault.json.tmp-young']);
  });

  it('locked in the middle of a write stays whole', async () => {
    const vault = await made({ one: 'secret-one' });
    const write = vault.set('two', 'secret-two');
    await Promise.resolve();
    vault.lock();
    await write.catch(() => {});
    await vault.unlock(PASSPHRASE);
    expect(await vault.get('one')).toBe('secret-one');
  });
});

describe('tampering (S8)', () => {
  it('any flipped bit of the file is noticed', async () => {
    await made({ one: canary(), two: canary() });
    const keys = await cheapKdf.derive(PASSPHRASE);
    const bytes = readFileSync(file);
    expect(() => verified(bytes.toString('utf8'), keys)).not.toThrow();
    let noticed = 0;
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      try {
        verified(changed.toString('utf8'), keys);
      } catch (error) {
        expect(error).toEqual(vaultError());
        noticed++;
      }
    }
    expect(noticed).toBe(bytes.length * 8);
    console.log(`vault: ${noticed} of ${bytes.length * 8} flipped bits noticed`);
  });

  it('so is a cut, an addition, an entry taken out, swapped or put back', async () => {
    const vault = await made({ one: 'secret-one', two: 'secret-two' });
    const keys = await cheapKdf.derive(PASSPHRASE);
    const text = readFileSync(file, 'utf8');
    const [line = '', seal = ''] = text.split('\n');
    const content = unverified(text);
    const edit = (entries: object) => `${JSON.stringify({ ...content, entries })}\n${seal}\n`;
    const { one, two } = content.entries;
    const wrong = [
      '',
      line,
      `${line}\n`,
      text.slice(0, -1),
      `${text}\n`,
      `${text}x`,
      edit({ one }),
      edit({ one: two, two: one }),
      edit({ ...content.entries, three: one }),
      text.replace('"p":1', '"p":2'),
    ];
    for (const bad of wrong) {
      expect(() => verified(bad, keys)).toThrow(vaultError());
      writeFileSync(file, bad);
      await expect(open().unlock(PASSPHRASE)).rejects.toEqual(vaultError());
      await expect(vault.get('one')).rejects.toEqual(vaultError());
    }
  });

  it('and a wrong passphrase gives the very same error', async () => {
    await made({ one: 'secret-one' });
    await expect(open().unlock('wrong passphrase')).rejects.toEqual(vaultError());
  });

  it('parameters that would cost gigabytes or hours are refused before any work', () => {
    const kdf = { name: 'argon2id', memoryKib: 65_536, passes: 3, parallelism: 1, salt: '0'.repeat(32) };
    for (const change of [{ memoryKib: 8_388_608 }, { passes: 1_000_000 }, { passes: 1 }, { memoryKib: 8 }]) {
      const content = { format: 'keybench-vault', version: 1, kdf: { ...kdf, ...change }, entries: {} };
      expect(() => unverified(`${JSON.stringify(content)}\n`)).toThrow(vaultError());
    }
  });
});

describe('the way from passphrase to keys (S8)', () => {
  for (const argon2 of [true, false])
    it.skipIf(argon2 && !hasArgon2())(
      `${argon2 ? 'argon2id' : 'scrypt'} takes 250 ms and 64 MiB at least, and blocks nobody`,
      async () => {
        const kdf = await newKdf(argon2);
        const memory = kdf.name === 'argon2id' ? kdf.memoryKib * 1024 : 128 * kdf.n * kdf.r;
        expect(memory).toBeGreaterThanOrEqual(64 * 1024 * 1024);
        let turns = 0;
        const timer = setInterval(() => turns++, 5);
        const started = performance.now();
        const keys = await deriveKeys(PASSPHRASE, kdf);
        const took = performance.now() - started;
        clearInterval(timer);
        console.log(`${kdf.name}: ${Math.round(took)} ms`);
        expect(took).toBeGreaterThanOrEqual(250);
        expect(turns).toBeGreaterThan(10);
        expect(keys.encrypt.equals(keys.seal)).toBe(false);
        expect((await deriveKeys(`${PASSPHRASE}x`, kdf)).encrypt.equals(keys.encrypt)).toBe(false);
      },
    );

  it('a real vault opens with its passphrase, however it is composed, and with no other', async () => {
    const vault = createVaultBackend({ file, clock: systemClock });
    await vault.create('pass-é-phrase'.normalize('NFD'));
    await vault.set('one', 'secret-one');
    vault.lock();
    await expect(vault.unlock('pass-e-phrase')).rejects.toEqual(vaultError());
    await vault.unlock('pass-é-phrase'.normalize('NFC'));
    expect(await vault.get('one')).toBe('secret-one');
  });
});
