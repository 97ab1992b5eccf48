// The table of keys: what is known of each key, never the key. Every change is one durable transaction.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { AppError } from '../../../preload/contract/errors.ts';
import type { Backend, CheckResult } from '../../../preload/contract/keys.ts';
import { reading, transact } from '../history/database.ts';
import { isLitter } from './key-account.ts';

export { accountOf, isLitter } from './key-account.ts';

export interface KeyRow {
  /** A UUID; of an entry to be cleared away, `<uuid>.<version>`. */
  id: string;
  name: string;
  provider: string;
  origin: string;
  base_url: string;
  last4: string;
  fingerprint: string;
  backend: Backend;
  created_at: number;
  last_used_at: number | null;
  uses: number;
  /** JSON of a `CheckResult`. */
  last_check: string | null;
  state: 'pending' | 'active' | 'deleting';
  /** Rises with each replacement; part of the account from the second on. */
  version: number;
}

/** The row that says: the entry of this version of the key is to be cleared away. */
export function litterOf(row: KeyRow, now: number): KeyRow {
  const id = `${row.id}.${row.version}`;
  return { ...row, id, name: `unneeded ${id}`, state: 'deleting', created_at: now, fingerprint: '' };
}

const COLUMNS = [
  'id',
  'name',
  'provider',
  'origin',
  'base_url',
  'last4',
  'fingerprint',
  'backend',
  'created_at',
  'last_used_at',
  'uses',
  'last_check',
  'state',
  'version',
] as const satisfies (keyof KeyRow)[];

export class KeyRows {
  #db: DatabaseSync;
  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  all(): KeyRow[] {
    return this.#select('ORDER BY name COLLATE NOCASE');
  }

  find(id: string): KeyRow | undefined {
    return this.#select('WHERE id = ?', id)[0];
  }

  /** The row, or `KEY_NOT_FOUND`. */
  get(id: string): KeyRow {
    const row = isLitter({ id }) ? undefined : this.find(id);
    if (!row) throw new AppError('KEY_NOT_FOUND', 'This key is not stored any more. Choose another key.');
    return row;
  }

  /** `KEY_NAME_TAKEN` if another row has this name, in capitals or not. */
  insert(row: KeyRow): void {
    this.together(() => {
      this.#nameIsFree(row.name, row.id);
      const values = COLUMNS.map((column) => row[column]);
      const marks = COLUMNS.map(() => '?').join(', ');
      this.#run(`INSERT OR REPLACE INTO keys (${COLUMNS.join(', ')}) VALUES (${marks})`, ...values);
    });
  }

  rename(id: string, name: string): void {
    this.together(() => {
      this.#nameIsFree(name, id);
      this.#run('UPDATE keys SET name = ? WHERE id = ?', name, id);
    });
  }

  /** False if the row is gone. */
  setState(id: string, state: KeyRow['state']): boolean {
    return this.together(() => this.#run('UPDATE keys SET state = ? WHERE id = ?', state, id) > 0);
  }

  /** A use at this time. Not durable at any price: a failure must not cost the request. */
  touch(id: string, now: number): void {
    this.together(() => this.#run('UPDATE keys SET uses = uses + 1, last_used_at = ? WHERE id = ?', now, id));
  }

  setCheck(id: string, check: CheckResult): void {
    this.together(() => this.#run('UPDATE keys SET last_check = ? WHERE id = ?', JSON.stringify(check), id));
  }

  /** Removes the row if it is (still) in one of these states. */
  remove(id: string, ...states: KeyRow['state'][]): void {
    const marks = states.map(() => '?').join(', ');
    this.together(() => this.#run(`DELETE FROM keys WHERE id = ? AND state IN (${marks})`, id, ...states));
  }

  /** All writes inside become one transaction. */
  together<T>(work: () => T): T {
    return transact(this.#db, work);
  }

  #nameIsFree(name: string, id: string) {
    const [other] = this.#select('WHERE name = ? COLLATE NOCASE AND id <> ?', name, id);
    if (!other) return;
    const message = `A key named "${other.name}" exists already. Choose another name.`;
    throw new AppError('KEY_NAME_TAKEN', message, { field: 'name' });
  }

  #select(rest: string, ...values: SQLInputValue[]): KeyRow[] {
    return reading(this.#db, () => {
      const rows = this.#db.prepare(`SELECT ${COLUMNS.join(', ')} FROM keys ${rest}`).all(...values);
      return rows as unknown as KeyRow[];
    });
  }

  #run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#db.prepare(sql).run(...values).changes);
  }
}
