// The OS keychain for real: gnome-keyring on a private bus, keytar in its own process. S3, S4, S5 of the requirements.
import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/core/clock.ts';
import { forkKeytarProcess } from '../../../../main/core/keys/fork-keytar.ts';
import type { KeychainBackend } from '../../../../main/core/keys/keychain-backend.ts';
import type { HelperProcess } from '../../../../main/core/keys/keytar-protocol.ts';
import { createProcessBackend, type Deadlines } from '../../../../main/core/keys/process-backend.ts';
import { watchCpuWait } from '../../../support/cpu-wait.ts';
import { HANGING, PATIENT } from '../../../support/deadlines.ts';
import {
  type Keyring,
  type KeyringState,
  keyringMissing,
  processExists,
  startKeyring,
} from '../../../support/keyring.ts';

const missing = keyringMissing();
if (missing) console.log(`Skipped: the keychain against a real keyring, because ${missing}.`);

const ENTRY = fileURLToPath(new URL('../../../../main/core/keys/keytar-process.ts', import.meta.url));
const log = { info() {}, warn() {}, error() {}, close() {} };
const canary = () => `sk-CANARY-${randomBytes(12).toString('hex')}`;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

interface Setup {
  keyring: Keyring;
  backend: KeychainBackend;
  helpers: HelperProcess[];
  pid: () => number;
}
async function setup(state: KeyringState, deadlines: Partial<Deadlines> = PATIENT): Promise<Setup> {
  const keyring = await startKeyring({ state });
  const helpers: HelperProcess[] = [];
  const spawn = () => {
    const helper = forkKeytarProcess(ENTRY, keyring.env);
    helpers.push(helper);
    return helper;
  };
  const backend = createProcessBackend({ spawn, clock: systemClock, log, deadlines });
  open.push(keyring, backend);
  return { keyring, backend, helpers, pid: () => helpers.at(-1)!.pid! };
}

describe.skipIf(missing !== null)('the rows of the measured table (S3)', () => {
  const ROWS: [string, KeyringState, string, string?][] = [
    ['1 no bus, no display', 'no-bus', 'no-bus'],
    ['2 bus address dead', 'dead-bus', 'no-bus'],
    ['3 bus, no service', 'absent', 'no-service'],
    ['4 no default collection, no display', 'no-collection', 'no-service', 'no-collection'],
    ['5 locked, no display', 'locked', 'locked'],
    ['6 locked, the question for the password unanswered', 'no-answer', 'locked', 'prompt'],
    ['8 wrong password given at login', 'wrong-password', 'locked'],
    ['unlocked', 'unlocked', 'ready'],
  ];
  for (const [row, state, found, detail] of ROWS)
    it(`${row}: ${found}${detail ? ` (${detail})` : ''}`, async () => {
      const { backend, helpers } = await setup(state, state === 'no-answer' ? HANGING : PATIENT);
      const [slowest, waited] = [watchEventLoop(), watchCpuWait()];
      const result = await backend.probe();
      expect(slowest()).toBeLessThan(100 + waited());
      expect([result.state, result.detail]).toEqual([found, detail]);
      // None of them crashes the helper; only the unanswered question costs one.
      expect(helpers).toHaveLength(state === 'no-answer' ? 2 : 1);
    });

  it('7 frozen: hung; thawed: ready again by a new helper', async () => {
    const { backend, keyring } = await setup('unlocked', HANGING);
    expect((await backend.probe()).state).toBe('ready');
    keyring.freeze();
    const [slowest, waited] = [watchEventLoop(), watchCpuWait()];
    expect((await backend.probe()).state).toBe('hung');
    expect(slowest()).toBeLessThan(100 + waited());
    keyring.thaw();
    expect((await backend.probe()).state).toBe('ready');
  });

  it('9 killed under load: no acknowledged entry is lost, and a restarted service is found again', async () => {
    const { backend, keyring } = await setup('unlocked');
    const acknowledged = new Map<string, string>();
    const sets = Array.from({ length: 100 }, async () => {
      const [account, secret] = [randomUUID(), canary()];
      await backend.set(account, secret);
      acknowledged.set(account, secret);
    });
    const settled = Promise.allSettled(sets);
    while (acknowledged.size < 10) await sleep(2);
    await keyring.kill();
    await settled;
    expect(acknowledged.size).toBeLessThan(100);
    expect((await backend.probe()).state).toBe('no-service');
    await keyring.restart();
    expect((await backend.probe()).state).toBe('ready');
    for (const [account, secret] of acknowledged) expect(await backend.get(account)).toBe(secret);
  });
});

describe.skipIf(missing !== null)('entries', () => {
  it('come back as they were, are replaced, and are gone after delete', async () => {
    const { backend } = await setup('unlocked');
    const odd = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).join('');
    for (const secret of [canary(), odd, 'x'.repeat(1200)]) {
      await backend.set('one', secret);
      expect(await backend.get('one')).toBe(secret);
    }
    expect(await backend.delete('one')).toBe(true);
    expect(await backend.get('one')).toBe(null);
    expect(await backend.delete('one')).toBe(false);
  });

  it('a locked keyring answers null and false, and nothing is deleted (S6)', async () => {
    const { backend, keyring } = await setup('unlocked');
    const secret = canary();
    await backend.set('kept', secret);
    await keyring.restart({ locked: true });
    await backend.probe();
    expect(await backend.get('kept')).toBe(null);
    expect(await backend.delete('kept')).toBe(false);
    await expect(backend.set('kept', 'other-secret')).rejects.toMatchObject({ code: 'KEY_LOCKED' });
    await keyring.restart();
    await backend.probe();
    expect(await backend.get('kept')).toBe(secret);
  });

  it('a probe, also one cut off by SIGKILL at any moment, leaves no entry in the keyring', async () => {
    const { backend, keyring, pid } = await setup('unlocked');
    await backend.probe();
    for (let i = 0; i < 10; i++) {
      const probe = backend.probe();
      await sleep(i);
      process.kill(pid(), 'SIGKILL');
      await probe;
    }
    expect((await backend.probe()).state).toBe('ready');
    expect(labels(keyring)).toEqual([]);
  });
});

describe.skipIf(missing !== null)('a hung keychain (S4)', () => {
  it('ends a call by its real deadline and half a second, while files and names still work', async () => {
    const { backend, keyring } = await setup('unlocked', {});
    await backend.probe();
    keyring.freeze();
    // Four hung calls in this process would block every file and every name; here they wait in another one.
    const calls = Array.from({ length: 5 }, () =>
      backend.get(randomUUID()).catch((e: { code: string }) => e.code),
    );
    const [started, waited] = [performance.now(), watchCpuWait()];
    await readFile(ENTRY);
    expect(performance.now() - started).toBeLessThan(100 + waited());
    expect(await calls[0]).toBe('KEYCHAIN_TIMEOUT');
    const took = performance.now() - started;
    console.log(`get on a frozen keyring ended after ${Math.round(took)} ms (deadline 5000)`);
    expect(took).toBeLessThan(5500 + waited());
    await Promise.all(calls);
  });

  it('lets the app quit within 2 s, and no helper stays', async () => {
    const { backend, keyring, pid } = await setup('unlocked', {});
    await backend.probe();
    keyring.freeze();
    const call = backend.get('x').catch((e: { code: string }) => e.code);
    await sleep(100);
    const helper = pid();
    const [started, waited] = [performance.now(), watchCpuWait()];
    await backend.close();
    const took = performance.now() - started;
    expect(await call).toBe('CLOSED');
    expect(took).toBeLessThan(2000 + waited());
    while (processExists(helper)) {
      expect(performance.now() - started).toBeLessThan(2000 + waited());
      await sleep(10);
    }
    console.log(`close with a hung call took ${Math.round(took)} ms`);
  });
});

describe.skipIf(missing !== null)('a helper that is killed', () => {
  it('100 times at random, by SIGSEGV or SIGKILL: 100 recoveries, no acknowledged key lost (S5)', async () => {
    const { backend, pid } = await setup('unlocked');
    const kept = new Map<string, string>();
    const lost: string[] = [];
    const times: { took: number; waited: number }[] = [];
    for (let round = 0; round < 100; round++) {
      const [account, secret] = [randomUUID(), canary()];
      // One set and one get are under way when it dies, somewhere between its start and its answer.
      const set = backend.set(account, secret).then(() => kept.set(account, secret));
      const [old] = kept.keys();
      const get = old ? backend.get(old).then((got) => got === kept.get(old) || lost.push(old)) : null;
      await sleep(Math.random() * 12);
      const [died, waited] = [performance.now(), watchCpuWait()];
      process.kill(pid(), round % 2 ? 'SIGSEGV' : 'SIGKILL');
      await Promise.all([set, get]);
      await backend.get(account);
      times.push({ took: performance.now() - died, waited: waited() });
    }
    for (const [account, secret] of kept) if ((await backend.get(account)) !== secret) lost.push(account);
    times.sort((a, b) => a.took - b.took);
    const [middle, worst] = [times[50]!, times[99]!];
    console.log(
      `recovery: p50 ${Math.round(middle.took)} ms, max ${Math.round(worst.took)} ms of 100; in the slowest, processes waited ${Math.round(worst.waited)} ms for a processor`,
    );
    expect(lost).toEqual([]);
    expect(kept.size).toBe(100);
    for (const { took, waited } of times) expect(took).toBeLessThan(500 + waited);
  });
});

/** Longest time, in ms, for which the event loop stood still since the call. */
function watchEventLoop(): () => number {
  let last = performance.now();
  let worst = 0;
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  return () => {
    clearInterval(timer);
    return worst;
  };
}

/** Labels of all items in the default collection, asked of the service itself. */
function labels(keyring: Keyring): string[] {
  const ask = (path: string, type: string, property: string) =>
    execFileSync(
      'gdbus',
      ['call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', path]
        .concat('--method', 'org.freedesktop.DBus.Properties.Get')
        .concat(`org.freedesktop.Secret.${type}`, property),
      { env: keyring.env, encoding: 'utf8' },
    );
  const items = ask('/org/freedesktop/secrets/collection/login', 'Collection', 'Items');
  return [...items.matchAll(/'(\/org[^']+)'/g)].map(([, path]) => ask(path!, 'Item', 'Label').trim());
}
