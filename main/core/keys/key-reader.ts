// Reading secrets: telling "locked" from "gone", and teaching the scrubber every secret that comes by.
import { AppError } from '../../../preload/contract/errors.ts';
import type { Backend } from '../../../preload/contract/keys.ts';
import type { Log } from '../log.ts';
import type { Fingerprints } from './fingerprints.ts';
import { type Absence, absenceText } from './key-info.ts';
import { accountOf, type KeyRow, type KeyRows } from './key-rows.ts';
import type { KeychainBackend } from './keychain-backend.ts';
import type { KeychainWatch } from './keychain-watch.ts';
import type { Scrubber } from './scrub.ts';
import type { VaultBackend } from './vault-backend.ts';

export interface ReaderDeps {
  rows: KeyRows;
  backends: Record<Backend, KeychainBackend> & { vault: VaultBackend };
  fingerprints: Fingerprints;
  watch: KeychainWatch;
  scrubber: Scrubber;
  log: Log;
}

/** So many keys are learnt in the background at the most; the rest when they are used. */
const LEARN_AT_MOST = 200;

export class KeyReader {
  #deps: ReaderDeps;
  #absent = new Map<string, Absence>();
  /** Accounts whose secret the scrubber knows. */
  #learnt = new Set<string>();
  #stopped = false;
  constructor(deps: ReaderDeps) {
    this.#deps = deps;
  }

  /** Is this key known not to be in its backend, although that is open? */
  absent(id: string): Absence | undefined {
    return this.#absent.get(id);
  }

  found(id: string): void {
    this.#absent.delete(id);
  }

  /** The secret; `KEY_MISSING` only when its backend is certainly open. A locked one never means "no key". */
  async read(row: KeyRow): Promise<string> {
    const { backends, watch } = this.#deps;
    if (row.state !== 'active')
      throw new AppError(
        'KEY_MISSING',
        `The key "${row.name}" was not stored or deleted completely. Probe the keychain, which finishes it.`,
      );
    const backend = backends[row.backend];
    let secret = await backend.get(accountOf(row));
    if (secret === null && row.backend === 'keychain') {
      if ((await watch.probe()) !== 'ready') throw watch.error();
      secret = await backend.get(accountOf(row));
    }
    if (secret === null) throw new AppError('KEY_MISSING', `"${row.name}": ${await this.#explain(row)}`);
    this.#learn(row, secret);
    // What the last call learnt is out of date, e.g. after the user has unlocked the keyring elsewhere.
    if (row.backend === 'keychain' && !['ready', 'probing'].includes(watch.state))
      void watch.probe().catch(() => {});
    return secret;
  }

  /**
   * Reads every key of an open backend once, so that an echo of any stored key is scrubbed, not only of those in use.
   * One at a time behind whatever else waits, and stops at the first failure.
   */
  async learnAll(backend: Backend): Promise<void> {
    const { watch, backends } = this.#deps;
    const rows = this.#deps.rows.all().filter((row) => row.backend === backend && row.state === 'active');
    const nowhere: KeyRow[] = [];
    for (const row of rows.slice(0, LEARN_AT_MOST)) {
      if (this.#stopped) return;
      if (this.#learnt.has(accountOf(row))) continue;
      const secret = await backends[backend].get(accountOf(row));
      if (secret === null) nowhere.push(row);
      else this.#learn(row, secret);
    }
    if (nowhere.length === 0 || (backend === 'keychain' && (await watch.probe()) !== 'ready')) return;
    for (const row of nowhere) await this.#explain(row);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** True when the backend of this key may never come back, so that deleting cannot wait for it. */
  async outOfReach(row: KeyRow): Promise<boolean> {
    const { watch, backends } = this.#deps;
    if (row.backend === 'vault') return backends.vault.state() === 'absent';
    if (row.backend === 'memory' || watch.state === 'ready') return false;
    const state = await watch.probe();
    if (state === 'ready') return false;
    if (state === 'no-bus' || state === 'no-service' || state === 'missing') return true;
    throw watch.error();
  }

  #learn(row: KeyRow, secret: string) {
    this.#absent.delete(row.id);
    this.#learnt.add(accountOf(row));
    this.#deps.scrubber.add(secret, row.name);
  }

  async #explain(row: KeyRow): Promise<string> {
    if (row.backend === 'memory') return absenceText('memory');
    const same = await this.#deps.fingerprints.sameHome(row.backend, row.fingerprint);
    const absence: Absence = same ? 'gone' : 'moved';
    this.#absent.set(row.id, absence);
    return absenceText(absence);
  }
}
