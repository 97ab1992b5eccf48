// A key service on a real database and a keychain that a test can lock, hang, cut off and look into.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../main/core/history/database.ts';
import {
  createKeyService,
  type KeyService,
  type KeyServiceDeps,
  type NewKey,
} from '../../main/core/keys/key-service.ts';
import type { KeychainBackend, ProbeResult } from '../../main/core/keys/keychain-backend.ts';
import { keychainError } from '../../main/core/keys/keychain-states.ts';
import { createMemoryBackend } from '../../main/core/keys/memory-backend.ts';
import { Scrubber } from '../../main/core/keys/scrub.ts';
import { createVaultBackend } from '../../main/core/keys/vault-backend.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { cheapKdf } from './vault-writer.ts';

/** Answers as libsecret does, e.g. `null` and `false` when locked. */
export class FakeKeychain implements KeychainBackend {
  readonly kind = 'keychain';
  entries = new Map<string, string>();
  state: ProbeResult['state'] = 'ready';
  calls: string[] = [];
  probes = 0;
  /** Runs before each call; may throw, or never return. */
  before: (op: 'get' | 'set' | 'delete', account: string) => void | Promise<void> = () => {};

  async get(account: string) {
    await this.#begin('get', account);
    return this.state === 'locked' ? null : (this.entries.get(account) ?? null);
  }
  async set(account: string, secret: string) {
    await this.#begin('set', account);
    if (this.state === 'locked') throw keychainError({ state: 'locked' });
    this.entries.set(account, secret);
  }
  async delete(account: string) {
    await this.#begin('delete', account);
    return this.state !== 'locked' && this.entries.delete(account);
  }
  async probe(): Promise<ProbeResult> {
    this.probes++;
    return { state: this.state, ms: 1 };
  }
  async close() {}
  async #begin(op: 'get' | 'set' | 'delete', account: string) {
    this.calls.push(`${op} ${account}`);
    await this.before(op, account);
    if (this.state !== 'ready' && this.state !== 'locked') throw keychainError({ state: this.state });
  }
}

export interface Bench {
  dir: string;
  service: KeyService;
  keychain: FakeKeychain;
  scrubber: Scrubber;
  clock: { now: () => number; mono: () => number };
  /** Rows as they are in the table. */
  rows: () => Record<string, unknown>[];
  sql: (text: string, ...values: (string | number)[]) => void;
  /** Ends this app without a word, as SIGKILL would, and starts the next on the same data. */
  crash: () => Bench;
  close: () => Promise<void>;
}

type Overrides = Partial<Omit<KeyServiceDeps, 'backends'>> & { keychain?: FakeKeychain; dir?: string };

export function startKeyService(overrides: Overrides = {}): Bench {
  const dir = overrides.dir ?? mkdtempSync(join(tmpdir(), 'keybench-keys-'));
  const clock = overrides.clock ?? { now: () => Date.now(), mono: () => performance.now() };
  const database = openDatabase(dir, { clock, ballast: { bytes: 0, minFree: 0 } });
  const keychain = overrides.keychain ?? new FakeKeychain();
  const scrubber = overrides.scrubber ?? new Scrubber();
  const service = createKeyService({
    db: database.db,
    clock,
    scrubber,
    log: { info() {}, warn() {}, error() {}, close() {} },
    backends: {
      keychain,
      memory: createMemoryBackend(),
      vault: createVaultBackend({ file: join(dir, 'vault.json'), clock, kdf: cheapKdf }),
    },
    checkKey: async () => ({ at: clock.now(), outcome: 'ok', status: 200, ms: 1, message: 'Fine.' }),
    ...overrides,
  });
  return {
    dir,
    service,
    keychain,
    scrubber,
    clock,
    rows: () => database.db.prepare('SELECT * FROM keys ORDER BY name').all(),
    sql: (text, ...values) => void database.db.prepare(text).run(...values),
    crash: () => {
      database.close();
      const { scrubber: _old, ...rest } = overrides;
      return startKeyService({ ...rest, keychain, dir, clock });
    },
    close: async () => {
      await service.close();
      database.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const canary = () => `sk-CANARY-${randomBytes(12).toString('hex')}`;
export const API = 'https://api.example.com/v1';

/** What a person would type for a new key. */
export const key = (name: string, secret = canary(), more: Partial<NewKey> = {}): NewKey => ({
  name,
  provider: 'openai',
  baseUrl: API,
  secret,
  ...more,
});

/** The code of the error, or `ok`. */
export const codeOf = async (act: Promise<unknown> | (() => unknown)): Promise<string> => {
  try {
    await (typeof act === 'function' ? act() : act);
    return 'ok';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

/** The user's keys in the keychain, without the pepper. */
export const stored = ({ keychain }: Bench): string[] =>
  [...keychain.entries].filter(([account]) => account !== 'fingerprint-pepper').map(([, secret]) => secret);

const open: Bench[] = [];

/** A service whose first probe has ended; `closeAll` in `afterEach` ends it. */
export async function start(overrides: Overrides = {}, probe = true): Promise<Bench> {
  const bench = startKeyService(overrides);
  open.push(bench);
  if (probe) await bench.service.sweep();
  return bench;
}

/** The next start on the same data, after the app died without a word. */
export function again(bench: Bench): Bench {
  const next = bench.crash();
  open.splice(open.indexOf(bench), 1, next);
  return next;
}

export async function closeAll(): Promise<void> {
  for (const one of open.splice(0)) await one.close();
}
