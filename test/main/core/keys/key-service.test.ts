import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keychainError } from '../../../../main/core/keys/keychain-states.ts';
import { AppError } from '../../../../preload/contract/errors.ts';
import { KeyInfo } from '../../../../preload/contract/keys.ts';
import { DEFAULT_SETTINGS } from '../../../../preload/contract/settings.ts';
import { type Bench, FakeKeychain, startKeyService } from '../../../support/key-service.ts';

const canary = () => `sk-CANARY-${randomBytes(12).toString('hex')}`;
const API = 'https://api.example.com/v1';
const open: Bench[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
async function start(overrides: Parameters<typeof startKeyService>[0] = {}, probe = true) {
  const bench = startKeyService(overrides);
  open.push(bench);
  if (probe) await bench.service.sweep();
  return bench;
}
const again = (bench: Bench) => {
  const next = bench.crash();
  open.splice(open.indexOf(bench), 1, next);
  return next;
};
const key = (name: string, secret = canary(), more: object = {}) => ({
  name,
  provider: 'openai',
  baseUrl: API,
  secret,
  ...more,
});
const codeOf = async (act: Promise<unknown> | (() => unknown)) => {
  try {
    await (typeof act === 'function' ? act() : act);
    return 'ok';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};
/** The user's keys in the keychain, without the pepper. */
const stored = ({ keychain }: Bench) =>
  [...keychain.entries].filter(([account]) => account !== 'fingerprint-pepper').map(([, secret]) => secret);

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

describe('replace', () => {
  it('keeps the old key until the new one was read back, then takes it away', async () => {
    const bench = await start();
    const [old, fresh] = [canary(), canary()];
    const { id } = await bench.service.add(key('prod', old));
    const seen: string[][] = [];
    bench.keychain.before = (op, account) => {
      if (account !== 'fingerprint-pepper') seen.push([op, ...stored(bench)]);
    };
    const info = await bench.service.replace(id, fresh);
    expect(seen.slice(0, 2)).toEqual([
      ['set', old],
      ['get', old, fresh],
    ]);
    expect(info).toMatchObject({ id, name: 'prod', last4: fresh.slice(-4), baseUrl: API, lastCheck: null });
    expect(stored(bench)).toEqual([fresh]);
    expect((await bench.service.secretFor(id, API)).secret).toBe(fresh);
    expect(bench.rows()).toHaveLength(1);
    await bench.service.replace(id, old);
    await bench.service.replace(id, old); // the same again is how a lost one is put back
    expect(stored(bench)).toEqual([old]);
    await bench.service.remove(id);
    expect([stored(bench), bench.rows()]).toEqual([[], []]);
    expect(bench.scrubber.text(`${old} ${fresh}`)).toBe('[key:prod] [key:prod]');
  });

  it('binds anew with a new base URL', async () => {
    const bench = await start();
    const { id } = await bench.service.add(key('prod'));
    const secret = canary();
    await bench.service.replace(id, secret, 'https://other.example/v1');
    expect(await codeOf(bench.service.secretFor(id, API))).toBe('KEY_WRONG_ORIGIN');
    expect((await bench.service.secretFor(id, 'https://other.example/v1')).secret).toBe(secret);
  });

  it('that fails leaves the old key in force', async () => {
    for (const state of ['locked', 'hung', 'crashed', 'no-bus'] as const) {
      const bench = await start();
      const old = canary();
      const { id } = await bench.service.add(key('prod', old));
      bench.keychain.before = (op, account) => {
        if (op === 'set' && account !== 'fingerprint-pepper') throw keychainError({ state });
      };
      expect(await codeOf(bench.service.replace(id, canary()))).not.toBe('ok');
      bench.keychain.before = () => {};
      expect((await bench.service.secretFor(id, API)).secret).toBe(old);
      expect(bench.service.list()).toHaveLength(1);
    }
  });

  it('puts a lost key back', async () => {
    const bench = await start();
    const { id } = await bench.service.add(key('prod'));
    bench.keychain.entries.delete(id);
    await codeOf(bench.service.secretFor(id, API));
    expect(bench.service.list()[0]?.state).toBe('missing');
    const secret = canary();
    expect((await bench.service.replace(id, secret)).state).toBe('active');
    expect((await bench.service.secretFor(id, API)).secret).toBe(secret);
  });
});

describe('remove', () => {
  it('takes the secret and the row away', async () => {
    const bench = await start();
    const { id } = await bench.service.add(key('prod'));
    await bench.service.remove(id);
    expect([stored(bench), bench.rows(), bench.service.list()]).toEqual([[], [], []]);
    expect(await codeOf(bench.service.remove(id))).toBe('KEY_NOT_FOUND');
  });

  it('that the keychain does not answer stays to be finished', async () => {
    const bench = await start();
    const { id } = await bench.service.add(key('prod'));
    bench.keychain.before = (op) => {
      if (op === 'delete') throw keychainError({ state: 'hung' });
    };
    expect(await codeOf(bench.service.remove(id))).toBe('KEYCHAIN_TIMEOUT');
    expect(bench.service.list()[0]?.state).toBe('deleting');
    expect(await codeOf(bench.service.secretFor(id, API))).toBe('KEY_MISSING');
    bench.keychain.before = () => {};
    await bench.service.sweep();
    expect([stored(bench), bench.rows()]).toEqual([[], []]);
  });

  it('works for a key whose keychain never comes back, when asked twice', async () => {
    const bench = await start();
    const { id } = await bench.service.add(key('prod'));
    bench.keychain.state = 'no-service';
    await bench.service.probe();
    expect(bench.service.list()[0]?.state).toBe('unavailable');
    await bench.service.remove(id);
    expect(bench.service.list()[0]?.state).toBe('deleting');
    await bench.service.remove(id);
    expect(bench.service.list()).toEqual([]);
  });
});

describe('after a crash at any step', () => {
  /** Lets the n-th call of the keychain be the last thing this app does: before it, or after it took effect. */
  const dieAt = (bench: Bench, n: number, effect: boolean) => {
    let calls = 0;
    const { keychain } = bench;
    for (const op of ['get', 'set', 'delete'] as const) {
      const real = FakeKeychain.prototype[op] as (...args: string[]) => Promise<unknown>;
      keychain[op] = (async (...args: string[]) => {
        if (++calls < n) return real.apply(keychain, args);
        if (calls === n && effect) await real.apply(keychain, args);
        return new Promise(() => {}); // a dead process says nothing more
      }) as never;
    }
  };
  const revive = ({ keychain }: Bench) => {
    for (const op of ['get', 'set', 'delete'] as const) delete (keychain as Partial<FakeKeychain>)[op];
  };
  const reached = async (act: Promise<unknown>) =>
    Promise.race([
      act.then(
        () => true,
        () => true,
      ),
      sleep(30).then(() => false),
    ]);

  for (const effect of [false, true])
    it(`add is whole or not at all (${effect ? 'after' : 'before'} each call)`, async () => {
      for (let n = 1; ; n++) {
        const bench = await start();
        const secret = canary();
        dieAt(bench, n, effect);
        if (await reached(bench.service.add(key('prod', secret)))) break;
        const next = again(bench);
        revive(next);
        await next.service.sweep();
        const list = next.service.list();
        expect(list.length, `call ${n}`).toBe(stored(next).length);
        for (const { id, state } of list) {
          expect(state).toBe('active');
          expect((await next.service.secretFor(id, API)).secret).toBe(secret);
        }
        expect(next.rows()).toHaveLength(list.length);
        expect(n).toBeLessThan(20);
      }
    });

  for (const effect of [false, true])
    it(`replace has the old or the new key, and no third entry (${effect ? 'after' : 'before'} each call)`, async () => {
      for (let n = 1; ; n++) {
        const bench = await start();
        const [old, fresh] = [canary(), canary()];
        const { id } = await bench.service.add(key('prod', old));
        dieAt(bench, n, effect);
        if (await reached(bench.service.replace(id, fresh))) break;
        const later = Date.now() + 120_000 * n;
        bench.clock.now = () => later;
        const next = again(bench);
        revive(next);
        await next.service.sweep();
        const { secret } = await next.service.secretFor(id, API);
        expect([old, fresh], `call ${n}`).toContain(secret);
        expect(stored(next), `call ${n}`).toEqual([secret]);
        expect(next.rows()).toHaveLength(1);
        expect(n).toBeLessThan(20);
      }
    });

  for (const effect of [false, true])
    it(`remove is finished (${effect ? 'after' : 'before'} each call)`, async () => {
      for (let n = 1; ; n++) {
        const bench = await start();
        const { id } = await bench.service.add(key('prod'));
        dieAt(bench, n, effect);
        if (await reached(bench.service.remove(id))) break;
        const next = again(bench);
        revive(next);
        await next.service.sweep();
        expect([stored(next), next.rows()], `call ${n}`).toEqual([[], []]);
        expect(n).toBeLessThan(20);
      }
    });

  it('a young leftover of a replacement is left to the process that may still work on it', async () => {
    const bench = await start();
    await bench.service.add(key('prod'));
    const id = randomUUID();
    bench.keychain.entries.set(`${id}.2`, 'just-being-set');
    bench.sql('UPDATE keys SET uses = 0');
    bench.sql(
      `INSERT INTO keys (id, name, provider, origin, base_url, backend, created_at, state, version)
       VALUES (?, 'unneeded', 'openai', 'x', 'x', 'keychain', ?, 'deleting', 2)`,
      `${id}.2`,
      Date.now(),
    );
    await bench.service.sweep();
    expect(bench.keychain.entries.has(`${id}.2`)).toBe(true);
    expect(bench.service.list().map(({ name }) => name)).toEqual(['prod']);
    const later = Date.now() + 61_000;
    bench.clock.now = () => later;
    await bench.service.sweep();
    expect(bench.keychain.entries.has(`${id}.2`)).toBe(false);
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

describe('the probe', () => {
  it('is shared by those who ask at the same time, but one that may ask the user is its own', async () => {
    const bench = await start();
    bench.keychain.probes = 0;
    await Promise.all([bench.service.probe(), bench.service.probe(), bench.service.probe({ unlock: true })]);
    expect(bench.keychain.probes).toBe(2);
  });
});
