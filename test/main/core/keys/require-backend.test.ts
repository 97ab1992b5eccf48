// Where keys go when there is no keychain: nowhere without consent.
import { afterEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../../preload/contract/errors.ts';
import { DEFAULT_SETTINGS } from '../../../../preload/contract/settings.ts';
import {
  API,
  again,
  canary,
  closeAll,
  codeOf,
  FakeKeychain,
  key,
  start,
  stored,
} from '../../../support/key-service.ts';

afterEach(closeAll);

describe('fallbacks (S7)', () => {
  const without = async () => {
    const keychain = new FakeKeychain();
    keychain.state = 'no-service';
    return start({ keychain });
  };

  it('none is used without consent, and the reason says what to do', async () => {
    const bench = await without();
    expect(bench.service.status()).toMatchObject({
      state: 'no-service',
      writesTo: null,
      memoryAllowed: false,
      vault: 'absent',
    });
    const error = (await bench.service.add(key('prod')).catch((e: unknown) => e)) as AppError;
    expect(error.code).toBe('KEYCHAIN_UNAVAILABLE');
    expect(error.message).toContain('vault');
    expect(await codeOf(bench.service.add(key('prod', canary(), { backend: 'memory' })))).toBe(
      'KEYCHAIN_UNAVAILABLE',
    );
    expect(await codeOf(bench.service.add(key('prod', canary(), { backend: 'vault' })))).toBe('VAULT_ABSENT');
    expect(bench.rows()).toEqual([]);
  });

  it('memory, once allowed, keeps keys until the app quits, and says so afterwards', async () => {
    const bench = await without();
    expect(bench.service.allowMemory()).toMatchObject({ memoryAllowed: true, writesTo: 'memory' });
    const secret = canary();
    const { id, backend, state } = await bench.service.add(key('prod', secret));
    expect([backend, state]).toEqual(['memory', 'active']);
    expect(await codeOf(bench.service.add(key('twice', secret)))).toBe('KEY_INVALID');
    expect((await bench.service.secretFor(id, API)).secret).toBe(secret);
    const next = again(bench);
    await next.service.sweep();
    expect(next.service.list()[0]).toMatchObject({
      state: 'missing',
      stateText: expect.stringContaining('memory'),
    });
    expect(await codeOf(next.service.secretFor(id, API))).toBe('KEY_MISSING');
    // Entered again it may go where new keys go now.
    next.keychain.state = 'ready';
    await next.service.probe();
    expect(await next.service.replace(id, secret)).toMatchObject({ backend: 'keychain', state: 'active' });
    expect(stored(next)).toEqual([secret]);
  });

  it('the setting is a consent too', async () => {
    const keychain = new FakeKeychain();
    keychain.state = 'no-bus';
    const bench = await start({
      keychain,
      settings: () => ({ ...DEFAULT_SETTINGS, 'keychain.fallback': 'memory' }),
    });
    expect(bench.service.status()).toMatchObject({ memoryAllowed: true, writesTo: 'memory' });
  });

  it('the vault keeps keys across starts, locked until its passphrase is given', async () => {
    const bench = await without();
    expect(await bench.service.createVault('test passphrase')).toMatchObject({
      vault: 'unlocked',
      writesTo: 'vault',
    });
    const secret = canary();
    const { id } = await bench.service.add(key('prod', secret));
    const next = again(bench);
    await next.service.sweep();
    expect(next.service.status()).toMatchObject({ vault: 'locked', writesTo: null });
    expect(next.service.list()[0]).toMatchObject({ backend: 'vault', state: 'locked' });
    expect(await codeOf(next.service.secretFor(id, API))).toBe('KEY_LOCKED');
    expect(await codeOf(next.service.remove(id))).toBe('KEY_LOCKED');
    expect(next.service.list()[0]?.state).toBe('locked');
    expect(await codeOf(next.service.unlockVault('wrong passphrase'))).toBe('VAULT_WRONG_PASSPHRASE');
    await next.service.unlockVault('test passphrase');
    expect((await next.service.secretFor(id, API)).secret).toBe(secret);
    expect(next.service.lockVault()).toMatchObject({ vault: 'locked' });
    await next.service.unlockVault('test passphrase');
    await next.service.remove(id);
    expect(next.rows()).toEqual([]);
  });

  it('the keychain comes first again as soon as it is ready', async () => {
    const bench = await without();
    bench.service.allowMemory();
    bench.keychain.state = 'ready';
    expect(await bench.service.probe()).toMatchObject({ state: 'ready', writesTo: 'keychain' });
  });
});
