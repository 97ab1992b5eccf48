// Changing what is stored, step by step, and dying at each step.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { keychainError } from '../../../../main/core/keys/keychain-states.ts';
import {
  API,
  again,
  type Bench,
  canary,
  closeAll,
  codeOf,
  FakeKeychain,
  key,
  start,
  stored,
} from '../../../support/key-service.ts';

afterEach(closeAll);

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
