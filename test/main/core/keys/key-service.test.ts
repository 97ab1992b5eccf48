import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keychainError } from '../../../../main/core/keys/keychain-states.ts';
import type { AppError } from '../../../../preload/contract/errors.ts';
import { KeyInfo } from '../../../../preload/contract/keys.ts';
import { API, again, canary, closeAll, codeOf, key, start, stored } from '../../../support/key-service.ts';

afterEach(closeAll);

describe('add', () => {
  it('stores the secret in the keychain under a UUID, and only what may be known in the database', async () => {
    const bench = await start();
    const secret = canary();
    const info = await bench.service.add(key('prod', `  ${secret}\n`));
    expect(KeyInfo.parse(info)).toMatchObject({
      name: 'prod',
      origin: 'https://api.example.com',
      baseUrl: API,
      last4: secret.slice(-4),
      backend: 'keychain',
      state: 'active',
      uses: 0,
    });
    expect(bench.keychain.entries.get(info.id)).toBe(secret);
    expect(JSON.stringify([info, bench.rows(), bench.service.list()])).not.toContain(secret);
    expect(bench.rows()[0]?.fingerprint).toMatch(/^[0-9a-f]{12}:[0-9a-f]{64}$/);
    expect(bench.scrubber.text(secret)).toBe('[key:prod]');
  });

  it('goes pending, set, read back, active, in this order', async () => {
    const bench = await start();
    const seen: unknown[] = [];
    bench.keychain.before = (op, account) => {
      if (account !== 'fingerprint-pepper') seen.push([op, bench.rows()[0]?.state]);
    };
    await bench.service.add(key('prod'));
    expect(seen).toEqual([
      ['set', 'pending'],
      ['get', 'pending'],
    ]);
    expect(bench.rows()[0]?.state).toBe('active');
  });

  it('refuses a taken name in any case, and a key that is stored already, by its name', async () => {
    const bench = await start();
    const secret = canary();
    await bench.service.add(key('Prod', secret));
    expect(await codeOf(bench.service.add(key('PROD')))).toBe('KEY_NAME_TAKEN');
    const error = await bench.service.add(key('other', secret)).catch((e: unknown) => e as AppError);
    expect(error).toMatchObject({ code: 'KEY_INVALID', message: 'This key is already stored as "Prod".' });
    expect(bench.scrubber.text(secret)).toBe('[key:Prod]');
    // The same key for another server (a local one wants any key at all) is the user's choice.
    await bench.service.add(key('local', secret, { baseUrl: 'http://127.0.0.1:11434/v1' }));
    expect(bench.service.list().map(({ name }) => name)).toEqual(['local', 'Prod']);
  });

  it('refuses what is no key, a name with a key in it, and plain http, with no trace of it left', async () => {
    const bench = await start();
    const secret = canary();
    const bad = [
      key('a', `${secret}\nx`),
      key(`a ${secret}`, secret),
      key('a', secret, { baseUrl: 'http://api.example.com' }),
      key('a', secret, { baseUrl: `${API}/${secret}` }),
    ];
    for (const input of bad) {
      const error = (await bench.service.add(input).catch((e: unknown) => e)) as AppError;
      expect(error.code).toBe('KEY_INVALID');
      expect(error.message).not.toContain(secret);
    }
    expect([bench.rows(), stored(bench)]).toEqual([[], []]);
  });

  it('waits for the first probe when it comes before its end', async () => {
    const bench = await start({}, false);
    expect(bench.service.status()).toMatchObject({ state: 'probing', writesTo: null });
    expect((await bench.service.add(key('early'))).backend).toBe('keychain');
  });

  it('leaves nothing when the keychain says no', async () => {
    for (const state of ['locked', 'no-bus', 'no-service', 'missing', 'denied', 'hung', 'crashed'] as const) {
      const bench = await start();
      bench.keychain.before = (op, account) => {
        if (op === 'set' && account !== 'fingerprint-pepper') throw keychainError({ state });
      };
      expect(await codeOf(bench.service.add(key('prod')))).toBe(keychainError({ state }).code);
      expect(bench.service.list()).toEqual([]);
      bench.keychain.before = () => {};
      await sleep(5);
      await bench.service.add(key('prod')); // its name is free
    }
  });

  it('takes a key away that arrives after its call was given up', async () => {
    const bench = await start();
    const secret = canary();
    bench.keychain.before = (op, account): void => {
      if (op !== 'set' || account === 'fingerprint-pepper') return;
      bench.keychain.entries.set(account, secret);
      bench.keychain.state = 'hung';
      throw keychainError({ state: 'hung' });
    };
    expect(await codeOf(bench.service.add(key('late', secret)))).toBe('KEYCHAIN_TIMEOUT');
    expect(bench.service.status().state).toBe('hung');
    expect([stored(bench), bench.service.list()]).toEqual([[secret], []]);
    const later = Date.now() + 120_000;
    bench.clock.now = () => later;
    bench.keychain.before = () => {};
    bench.keychain.state = 'ready';
    await bench.service.sweep();
    expect([stored(bench), bench.rows()]).toEqual([[], []]);
  });

  it('does not keep a key that came back different', async () => {
    const bench = await start();
    const { get } = bench.keychain;
    bench.keychain.get = async (account) => (await get.call(bench.keychain, account))?.slice(0, 9) ?? null;
    expect(await codeOf(bench.service.add(key('cut')))).toBe('KEYCHAIN_UNAVAILABLE');
    bench.keychain.get = get;
    await sleep(5);
    expect([stored(bench), bench.rows()]).toEqual([[], []]);
  });
});

describe('check', () => {
  it('gives the checker the secret and its bound base URL, and keeps the scrubbed result', async () => {
    const secret = canary();
    const checkKey = vi.fn(async () => ({
      at: 5,
      outcome: 'rejected' as const,
      status: 401,
      ms: 3,
      message: `Incorrect API key provided: ${secret}`,
    }));
    const bench = await start({ checkKey });
    const { id } = await bench.service.add(key('prod', secret));
    const result = await bench.service.check(id);
    expect(checkKey).toHaveBeenCalledWith({ provider: 'openai', baseUrl: API, secret, alias: 'prod' });
    expect(result.message).toBe('Incorrect API key provided: [key:prod]');
    expect(bench.service.list()[0]).toMatchObject({ lastCheck: result, uses: 0 });
    expect(JSON.stringify(bench.rows())).not.toContain(secret);
  });

  it('that throws is a result too', async () => {
    const bench = await start({ checkKey: () => Promise.reject(new TypeError('fetch failed')) });
    const { id } = await bench.service.add(key('prod'));
    expect(await bench.service.check(id)).toMatchObject({
      outcome: 'error',
      message: 'The check could not be made.',
    });
  });
});

describe('the list', () => {
  it('never waits for a keychain that hangs', async () => {
    const bench = await start();
    await bench.service.add(key('prod'));
    bench.keychain.before = () => new Promise(() => {});
    bench.keychain.probe = () => new Promise(() => {});
    void bench.service.probe();
    const calls = bench.keychain.calls.length;
    expect(bench.service.list()).toHaveLength(1);
    expect(bench.keychain.calls).toHaveLength(calls);
  });

  it('shows another keychain than the one a key was put in, and changes nothing by itself', async () => {
    const bench = await start();
    const { id } = await bench.service.add(key('prod'));
    const rows = JSON.stringify(bench.rows());
    bench.keychain.entries.clear();
    bench.keychain.entries.set('fingerprint-pepper', 'that of another desktop');
    const next = again(bench);
    await next.service.sweep();
    expect(next.service.list()[0]).toMatchObject({
      id,
      state: 'missing',
      backend: 'keychain',
      stateText: expect.stringContaining('not the one this key was put in'),
    });
    expect(JSON.stringify(next.rows())).toBe(rows);
  });

  it('tells listeners of every change', async () => {
    const bench = await start();
    const heard = vi.fn();
    const stop = bench.service.onChange(heard);
    const { id } = await bench.service.add(key('prod'));
    const times = [heard.mock.calls.length];
    const step = async (act: () => unknown) => {
      await act();
      times.push(heard.mock.calls.length);
    };
    await step(() => bench.service.secretFor(id, API));
    await step(() => bench.service.rename(id, 'x'));
    await step(() => bench.service.allowMemory());
    await step(() => bench.service.probe());
    await step(() => bench.service.remove(id));
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    stop();
    const count = heard.mock.calls.length;
    await bench.service.add(key('y'));
    expect(heard.mock.calls).toHaveLength(count);
  });
});

describe('the probe', () => {
  it('is shared by those who ask at the same time, but one that may ask the user is its own', async () => {
    const bench = await start();
    bench.keychain.probes = 0;
    await Promise.all([bench.service.probe(), bench.service.probe(), bench.service.probe({ unlock: true })]);
    expect(bench.keychain.probes).toBe(2);
  });
});

describe('the scrubber', () => {
  it('learns every stored key in the background once the keychain is ready, so that any echo is scrubbed', async () => {
    const bench = await start();
    const secrets = [canary(), canary(), canary()];
    for (const [i, secret] of secrets.entries()) await bench.service.add(key(`k${i}`, secret));
    const next = again(bench);
    expect(next.scrubber.text(secrets[0]!)).toBe(secrets[0]);
    await next.service.sweep();
    expect(next.scrubber.text(secrets.join(' '))).toBe('[key:k0] [key:k1] [key:k2]');
    next.keychain.calls.length = 0;
    await next.service.sweep();
    expect(next.keychain.calls).toEqual([]); // once is enough
  });

  it('follows a rename', async () => {
    const bench = await start();
    const secret = canary();
    const { id } = await bench.service.add(key('old', secret));
    await bench.service.add(key('taken'));
    expect(await codeOf(() => bench.service.rename(id, 'Taken'))).toBe('KEY_NAME_TAKEN');
    expect(bench.service.rename(id, 'OLD').name).toBe('OLD');
    expect(bench.service.rename(id, 'new').name).toBe('new');
    expect(bench.scrubber.text(secret)).toBe('[key:new]');
    expect(bench.service.nameOf(id)).toBe('new');
    expect(await codeOf(() => bench.service.rename(id, secret))).toBe('KEY_INVALID');
  });
});
