// Moves secrets in and out of their backend together with the row that tells of them. The order is always: first the
// row says what is about to happen, then it happens, is read back, and only then the row says it is done. Whatever
// dies in between leaves a row in state `pending` or `deleting`, and `repair` finishes what it says.
import { AppError } from '../../../preload/contract/errors.ts';
import type { Backend, KeychainState } from '../../../preload/contract/keys.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Fingerprints } from './fingerprints.ts';
import { accountOf, isLitter, type KeyRow, type KeyRows, litterOf } from './key-rows.ts';
import type { KeychainBackend } from './keychain-backend.ts';
import type { KeychainWatch } from './keychain-watch.ts';

export interface StorageDeps {
  rows: KeyRows;
  backends: Record<Backend, KeychainBackend>;
  fingerprints: Fingerprints;
  watch: KeychainWatch;
  clock: Clock;
  log: Log;
  /** A secret was read from its backend. */
  onSeen: (row: KeyRow, secret: string) => void;
}

/** In these states the keychain has certainly done nothing; in the others a call that failed may still arrive. */
const UNTOUCHED: readonly KeychainState[] = ['locked', 'no-bus', 'no-service', 'missing', 'denied'];
/** Litter younger than this may belong to a replacement that another process is in the middle of. */
const SETTLED_MS = 60_000;

export class KeyStorage {
  #deps: StorageDeps;
  /** Rows this process is working on; repair leaves them alone. */
  #busy = new Set<string>();
  constructor(deps: StorageDeps) {
    this.#deps = deps;
  }

  /** Stores a new key: row pending, set, read back, row active. Fails as if nothing had been done. */
  async add(row: KeyRow, secret: string): Promise<void> {
    const { rows, clock } = this.#deps;
    await this.#working([row.id], async () => {
      rows.insert({ ...row, state: 'pending' });
      try {
        await this.#put(row, secret);
      } catch (error) {
        const litter = litterOf(row, clock.now());
        rows.together(() => {
          rows.remove(row.id, 'pending');
          if (!untouched(error)) rows.insert(litter);
        });
        // Not awaited: the user has waited long enough for a keychain that fails.
        if (!untouched(error)) void this.#clearQuietly(litter);
        throw error;
      }
      // Gone only if another process took the row for an interrupted one; the key is stored, so it comes back.
      if (!rows.setState(row.id, 'active')) rows.insert({ ...row, state: 'active' });
    });
  }

  /** Stores `next`, a new version of `old`; the old entry is kept until the new one was read back and is in force. */
  async replace(old: KeyRow, next: KeyRow, secret: string): Promise<void> {
    const { rows, clock } = this.#deps;
    const [fresh, stale] = [litterOf(next, clock.now()), litterOf(old, clock.now())];
    await this.#working([old.id, fresh.id, stale.id], async () => {
      rows.insert(fresh);
      try {
        await this.#put(next, secret);
      } catch (error) {
        if (untouched(error)) rows.remove(fresh.id, 'deleting');
        else void this.#clearQuietly(fresh);
        throw error;
      }
      rows.together(() => {
        // What was renamed or used meanwhile stays.
        const { name, uses, last_used_at } = rows.get(old.id);
        rows.insert({ ...next, name, uses, last_used_at, state: 'active' });
        rows.remove(fresh.id, 'deleting');
        rows.insert(stale);
      });
      await this.#clearQuietly(stale);
    });
  }

  /** Row deleting, delete, make sure, row gone. */
  async remove(row: KeyRow): Promise<void> {
    await this.#working([row.id], async () => {
      this.#deps.rows.setState(row.id, 'deleting');
      try {
        await this.#clear(row);
      } catch (error) {
        if (untouched(error)) this.#deps.rows.setState(row.id, row.state);
        throw error;
      }
    });
  }

  /** Finishes what a crash has left half done in a backend that is ready. */
  async repair(backend: Backend): Promise<void> {
    const { rows, clock, log } = this.#deps;
    for (const row of rows.all()) {
      if (row.backend !== backend || row.state === 'active' || this.#busy.has(row.id)) continue;
      if (isLitter(row) && Math.abs(clock.now() - row.created_at) < SETTLED_MS) continue;
      log.info('Finishing what was interrupted.', { key: row.id, state: row.state });
      await this.#working([row.id], () => (row.state === 'pending' ? this.#settle(row) : this.#clear(row)));
    }
  }

  /** A pending row: if its secret arrived, the key is there; if not, nobody was ever told that it is. */
  async #settle(row: KeyRow) {
    const { rows, backends, fingerprints, clock } = this.#deps;
    const secret = await backends[row.backend].get(accountOf(row));
    if (secret === null) {
      await this.#surelyOpen(row.backend);
      return rows.remove(row.id, 'pending');
    }
    if ((await fingerprints.of(row.backend, secret)) === row.fingerprint) {
      this.#deps.onSeen(row, secret);
      rows.setState(row.id, 'active');
      return;
    }
    // Half a secret or another one: not what the user gave.
    rows.together(() => {
      rows.remove(row.id, 'pending');
      rows.insert(litterOf(row, clock.now()));
    });
  }

  async #put(row: KeyRow, secret: string) {
    const backend = this.#deps.backends[row.backend];
    await backend.set(accountOf(row), secret);
    if ((await backend.get(accountOf(row))) !== secret)
      throw new AppError(
        'KEYCHAIN_UNAVAILABLE',
        'The key was stored but did not come back as it was given, so it was not kept. Probe the keychain and try again.',
      );
  }

  /** Throws as long as it is not certain that the entry is gone; the row then stays. */
  async #clear(row: KeyRow) {
    const { rows, backends } = this.#deps;
    const backend = backends[row.backend];
    const deleted = await backend.delete(accountOf(row));
    if ((await backend.get(accountOf(row))) !== null)
      throw new AppError('KEYCHAIN_UNAVAILABLE', 'The key is still there after it was deleted. Try again.');
    if (!deleted) await this.#surelyOpen(row.backend);
    rows.remove(row.id, 'deleting');
  }

  /** "Nothing was deleted" and "there is nothing" are also what a locked keychain answers. */
  async #surelyOpen(backend: Backend) {
    const { watch } = this.#deps;
    if (backend === 'keychain' && (await watch.probe()) !== 'ready') throw watch.error();
  }

  async #clearQuietly(row: KeyRow) {
    try {
      await this.#clear(row);
    } catch (error) {
      // Its row stays and says what is left to do.
      this.#deps.log.warn('An unneeded entry could not be cleared away yet.', { key: row.id });
      this.#deps.watch.learn(error);
    }
  }

  async #working(ids: string[], act: () => Promise<void>) {
    for (const id of ids) {
      if (this.#busy.has(id))
        throw new AppError(
          'KEYCHAIN_UNAVAILABLE',
          'This key is being changed right now. Try again in a moment.',
        );
    }
    for (const id of ids) this.#busy.add(id);
    try {
      await act();
    } finally {
      for (const id of ids) this.#busy.delete(id);
    }
  }
}

function untouched(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  const { state } = (error.data ?? {}) as { state?: KeychainState };
  return error.code === 'KEY_LOCKED' || (state !== undefined && UNTOUCHED.includes(state));
}
