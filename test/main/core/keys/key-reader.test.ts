// The one way out for a secret, and a keyring that is locked.
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../../preload/contract/errors.ts';
import { API, again, canary, closeAll, codeOf, key, start } from '../../../support/key-service.ts';

afterEach(closeAll);

describe('secretFor (S11)', () => {
  it('gives the secret for the bound origin, counts the use, and nothing for any other', async () => {
    const bench = await start();
    const secret = canary();
    const { id } = await bench.service.add(key('prod', secret));
    expect(await bench.service.secretFor(id, 'https://api.example.com/v1/chat?x=1')).toEqual({
      secret,
      alias: 'prod',
    });
    expect(bench.service.list()[0]).toMatchObject({ uses: 1, lastUsedAt: expect.any(Number) });
    bench.keychain.calls.length = 0;
    for (const url of [
      'http://api.example.com/v1',
      'https://api.example.com:8443/v1',
      'https://api.example.com.evil.example/v1',
      'https://user@evil.example/api.example.com',
      'https://evil.example/?https://api.example.com',
      'data:text/plain,x',
      'not a url',
      '',
    ])
      expect(await codeOf(bench.service.secretFor(id, url)), url).toBe('KEY_WRONG_ORIGIN');
    // Refused before the secret was even read.
    expect(bench.keychain.calls).toEqual([]);
    expect(bench.service.list()[0]?.uses).toBe(1);
  });

  it('knows no deleted key and none that was never there', async () => {
    const bench = await start();
    const { id } = await bench.service.add(key('prod'));
    await bench.service.remove(id);
    expect(await codeOf(bench.service.secretFor(id, API))).toBe('KEY_NOT_FOUND');
    expect(await codeOf(bench.service.secretFor(randomUUID(), API))).toBe('KEY_NOT_FOUND');
    expect(bench.service.nameOf(id)).toBe(null);
  });

  it('tells locked from missing, and what to do', async () => {
    const bench = await start();
    const { id } = await bench.service.add(key('prod'));
    bench.keychain.state = 'locked';
    expect(await codeOf(bench.service.secretFor(id, API))).toBe('KEY_LOCKED');
    expect(bench.service.list()[0]?.state).toBe('locked');
    bench.keychain.state = 'ready';
    expect(await codeOf(bench.service.secretFor(id, API))).toBe('ok');
    await turn();
    expect(bench.service.status().state).toBe('ready');
    bench.keychain.entries.delete(id);
    const error = (await bench.service.secretFor(id, API).catch((e: unknown) => e)) as AppError;
    expect(error.code).toBe('KEY_MISSING');
    expect(error.message).toContain('deleted outside Keybench');
    expect(bench.service.list()[0]).toMatchObject({
      state: 'missing',
      stateText: expect.stringContaining('Replace'),
    });
    bench.keychain.state = 'hung';
    expect(await codeOf(bench.service.secretFor(id, API))).toBe('KEYCHAIN_TIMEOUT');
    expect(bench.service.list()[0]?.state).toBe('unavailable');
  });

  it('still works when the use cannot be counted', async () => {
    const bench = await start();
    const { id } = await bench.service.add(key('prod'));
    bench.sql('PRAGMA query_only = 1');
    expect(await codeOf(bench.service.secretFor(id, API))).toBe('ok');
  });
});

describe('a locked keyring (S6)', () => {
  it('is never shown as "no key", and no row and no entry changes, whatever is tried', async () => {
    const bench = await start();
    const { id } = await bench.service.add(key('prod'));
    await bench.service.add(key('dev'));
    const before = [JSON.stringify(bench.rows()), [...bench.keychain.entries]];
    bench.keychain.state = 'locked';
    for (const known of [false, true]) {
      if (known) await bench.service.probe({});
      expect(await codeOf(bench.service.remove(id))).toBe('KEY_LOCKED');
      expect(await codeOf(bench.service.secretFor(id, API))).toBe('KEY_LOCKED');
      expect(await codeOf(bench.service.check(id))).toBe('KEY_LOCKED');
      expect(await codeOf(bench.service.replace(id, canary()))).toBe('KEY_LOCKED');
      expect(await codeOf(bench.service.add(key('new')))).toBe('KEY_LOCKED');
      await bench.service.sweep();
      expect(bench.service.list().map(({ state }) => state)).toEqual(['locked', 'locked']);
    }
    expect(bench.service.status()).toMatchObject({ state: 'locked', writesTo: null });
    expect([JSON.stringify(bench.rows()), [...bench.keychain.entries]]).toEqual(before);
    const next = again(bench);
    await next.service.sweep();
    expect(next.service.list().map(({ state }) => state)).toEqual(['locked', 'locked']);
    next.keychain.state = 'ready';
    await next.service.sweep();
    expect(next.service.list().map(({ state }) => state)).toEqual(['active', 'active']);
  });
});
