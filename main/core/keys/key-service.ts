// Keys as the app knows them: metadata in the database, secrets in one of three places, and one way out for a secret,
// `secretFor`, which compares the target with the origin that the key is bound to.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../preload/contract/errors.ts';
import type { Backend, CheckResult, KeychainStatus, KeyInfo } from '../../../preload/contract/keys.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../preload/contract/settings.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { Fingerprints } from './fingerprints.ts';
import { type KnownState, keyInfo } from './key-info.ts';
import { KeyIntake } from './key-intake.ts';
import { KeyReader } from './key-reader.ts';
import { accountOf, isLitter, type KeyRow, KeyRows } from './key-rows.ts';
import { KeyStorage } from './key-storage.ts';
import type { KeychainBackend } from './keychain-backend.ts';
import { KeychainWatch } from './keychain-watch.ts';
import { type KeysForScanner, keysForScanner } from './keys-for-scanner.ts';
import type { MemoryBackend } from './memory-backend.ts';
import type { Scrubber } from './scrub.ts';
import { refuseKeyIn } from './validate-key.ts';
import type { VaultBackend } from './vault-backend.ts';

export interface KeyServiceDeps {
  db: DatabaseSync;
  clock: Clock;
  log: Log;
  scrubber: Scrubber;
  backends: { keychain: KeychainBackend; memory: MemoryBackend; vault: VaultBackend };
  /** Asks the provider's models endpoint. */
  checkKey: (input: {
    provider: string;
    baseUrl: string;
    secret: string;
    alias: string;
  }) => Promise<CheckResult>;
  settings?: () => Settings;
  /** How long `learnt` waits. */
  lookMs?: number;
}

/** A request waits for the first look at the keychain as long as a probe may take, and no longer. */
const LOOK_MS = 10_000;

export interface NewKey {
  name: string;
  provider: string;
  baseUrl: string;
  secret: string;
  backend?: Backend | undefined;
}

export interface KeyService {
  /** By name. Never waits for a keychain. */
  list(): KeyInfo[];
  /** `KEY_INVALID`, `KEY_NAME_TAKEN`, or why it cannot be stored; nothing is kept then. */
  add(input: NewKey): Promise<KeyInfo>;
  replace(id: string, secret: string, baseUrl?: string): Promise<KeyInfo>;
  rename(id: string, name: string): KeyInfo;
  check(id: string): Promise<CheckResult>;
  remove(id: string): Promise<void>;
  /**
   * The secret for one request to `targetUrl`, counted as a use. `KEY_WRONG_ORIGIN` before anything is read if the
   * key is bound elsewhere; `KEY_NOT_FOUND`, `KEY_MISSING`, `KEY_LOCKED`, `KEYCHAIN_*`.
   */
  secretFor(keyId: string, targetUrl: string): Promise<{ secret: string; alias: string }>;
  nameOf(keyId: string): string | null;
  /** All keys that can be read without asking anybody, for the memory of the scanner alone. Never rejects. */
  forScanner(): Promise<KeysForScanner>;
  status(): KeychainStatus;
  probe(options?: { unlock?: boolean }): Promise<KeychainStatus>;
  allowMemory(): KeychainStatus;
  createVault(passphrase: string): Promise<KeychainStatus>;
  unlockVault(passphrase: string): Promise<KeychainStatus>;
  lockVault(): KeychainStatus;
  /**
   * Resolves when the scrubber knows the keys of the keychain, or cannot learn them now; never rejects, and waits for
   * ten seconds at most. At once after the first time.
   */
  learnt(): Promise<void>;
  /** Probes and repairs what a crash has left half done. Each probe that finds the keychain ready does the same. */
  sweep(): Promise<void>;
  onChange(cb: () => void): () => void;
  /** Within about a second, also when the keychain hangs. */
  close(): Promise<void>;
}

export function createKeyService(deps: KeyServiceDeps): KeyService {
  const { clock, log, scrubber, backends } = deps;
  const settings = deps.settings ?? (() => DEFAULT_SETTINGS);
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const rows = new KeyRows(deps.db);
  const fingerprints = new Fingerprints(backends);
  const onReady = (before: KeychainStatus['state']) => {
    if (before !== 'ready') fingerprints.forget('keychain'); // another keychain may answer now
    void settle('keychain');
  };
  const watch = new KeychainWatch({ ...backends, settings, onChange: changed, onReady });
  const reader = new KeyReader({ rows, backends, fingerprints, watch, scrubber, log });
  const onSeen = (row: KeyRow, secret: string) => scrubber.add(secret, row.name);
  const intake = new KeyIntake({ rows, fingerprints, watch, scrubber, vault: backends.vault });
  const storage = new KeyStorage({ rows, backends, fingerprints, watch, clock, log, onSeen });
  const settled = new Map<Backend, Promise<void>>();

  const known = (): KnownState => ({
    status: watch.status(),
    absent: (id) => reader.absent(id),
    inMemory: (row) => backends.memory.has(accountOf(row)),
    inVault: (row) => backends.vault.has(accountOf(row)),
  });
  const info = (id: string) => keyInfo(rows.get(id), known());

  /** After a backend has opened: finish what was interrupted, then learn the secrets, so that echoes are scrubbed. */
  const settle = (backend: Backend): Promise<void> => {
    const running = settled.get(backend);
    if (running) return running;
    const warn = (error: unknown) => log.warn('Keys could not be looked through.', { backend, error });
    const work = (async () => {
      await storage.repair(backend).catch(warn);
      await reader.learnAll(backend).catch(warn);
      settled.delete(backend);
      changed();
    })();
    settled.set(backend, work);
    return work;
  };

  /** Runs a call that may fail because of the keychain, and remembers why it failed. */
  const learning = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      watch.learn(error);
      throw error;
    } finally {
      changed();
    }
  };

  let firstLook: Promise<void> | undefined;
  const lookOnce = async () => {
    if (!rows.all().some(({ backend, state }) => backend === 'keychain' && state === 'active')) return;
    if (watch.state === 'probing') await watch.probe();
    await settled.get('keychain');
  };

  return {
    list() {
      const state = known();
      return rows
        .all()
        .filter((row) => !isLitter(row))
        .map((row) => keyInfo(row, state));
    },

    add: ({ name, provider, ...offer }) =>
      learning(async () => {
        const { secret, row } = await intake.take({ ...offer, name, backend: offer.backend });
        const id = randomUUID();
        const use = { created_at: clock.now(), last_used_at: null, uses: 0, last_check: null };
        await storage.add({ ...row, ...use, id, name, provider, state: 'pending', version: 1 }, secret);
        scrubber.add(secret, name);
        return info(id);
      }),

    replace: (id, given, newBaseUrl) =>
      learning(async () => {
        const old = rows.get(id);
        // A key that went with the last session may go where new keys go; every other stays where it is.
        const lost = old.backend === 'memory' && !backends.memory.has(accountOf(old));
        const { secret, row } = await intake.take({
          secret: given,
          name: old.name,
          baseUrl: newBaseUrl ?? old.base_url,
          backend: lost ? undefined : old.backend,
          replaces: id,
        });
        await storage.replace(old, { ...old, ...row, last_check: null, version: old.version + 1 }, secret);
        reader.found(id);
        return info(id);
      }),

    rename(id, name) {
      const row = rows.get(id);
      refuseKeyIn('name', name, '', scrubber);
      rows.rename(id, name);
      scrubber.rename(row.name, name);
      changed();
      return info(id);
    },

    check: (id) =>
      learning(async () => {
        const row = rows.get(id);
        const secret = await reader.read(row);
        const { provider, base_url: baseUrl, name: alias } = row;
        const started = clock.mono();
        const answer = await deps.checkKey({ provider, baseUrl, secret, alias }).catch((error: unknown) => {
          if (!(error instanceof AppError)) log.error('A key could not be checked.', error);
          const message = error instanceof AppError ? error.message : 'The check could not be made.';
          const ms = Math.round(clock.mono() - started);
          return { at: clock.now(), outcome: 'error', status: null, ms, message } satisfies CheckResult;
        });
        const result = scrubber.value(answer, { shapes: true });
        rows.setCheck(id, result);
        return result;
      }),

    remove: (id) =>
      learning(async () => {
        const row = rows.get(id);
        if (await reader.outOfReach(row)) {
          // Marked first, dropped when asked again: the entry stays in a keychain that may never come back.
          if (row.state === 'deleting') rows.remove(id, 'deleting');
          else rows.setState(id, 'deleting');
        } else await storage.remove(row);
      }),

    secretFor: async (id, targetUrl) => {
      const row = rows.get(id);
      const target = URL.parse(targetUrl)?.origin;
      if (target !== row.origin)
        throw new AppError(
          'KEY_WRONG_ORIGIN',
          `The key "${row.name}" is bound to ${row.origin} and is not sent to ${target ?? 'an address that is not whole'}. Choose another key, or replace this one with the new base URL.`,
        );
      const secret = await reader.read(row).catch((error: unknown) => {
        watch.learn(error);
        throw error;
      });
      try {
        rows.touch(id, clock.now());
      } catch (error) {
        log.warn('A use of a key could not be counted.', { key: id, error }); // a full disk must not stop a request
      }
      changed();
      return { secret, alias: row.name };
    },

    nameOf: (id) => (isLitter({ id }) ? null : (rows.find(id)?.name ?? null)),
    forScanner: () => keysForScanner({ rows, backends, fingerprints, watch, log, onSeen }),
    status: () => watch.status(),
    probe: async ({ unlock = false } = {}) => {
      await watch.probe(unlock);
      return watch.status();
    },
    allowMemory() {
      watch.allowMemory();
      return watch.status();
    },
    async createVault(passphrase) {
      await backends.vault.create(passphrase);
      fingerprints.forget('vault');
      changed();
      return watch.status();
    },
    async unlockVault(passphrase) {
      await backends.vault.unlock(passphrase);
      void settle('vault');
      changed();
      return watch.status();
    },
    lockVault() {
      backends.vault.lock();
      fingerprints.forget('vault');
      changed();
      return watch.status();
    },

    learnt() {
      firstLook ??= Promise.race([
        lookOnce().catch(() => {}),
        sleep(deps.lookMs ?? LOOK_MS, undefined, { ref: false }),
      ]);
      return firstLook;
    },

    async sweep() {
      await watch.probe();
      await settled.get('keychain');
      await settle('memory');
    },
    onChange(cb) {
      listeners.add(cb);
      return () => listeners.delete(cb);
    },
    async close() {
      reader.stop();
      listeners.clear();
      await Promise.allSettled(Object.values(backends).map((backend) => backend.close()));
    },
  };
}
