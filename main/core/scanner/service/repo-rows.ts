// The table of repositories: where they are and how their last scan ended.
import type { DatabaseSync } from 'node:sqlite';
import { LastScan } from '../../../../preload/contract/scanner.ts';
import { reading, transact } from '../../history/database.ts';

export interface RepoRow {
  id: string;
  /** Real path of its top folder. */
  path: string;
  name: string;
  addedAt: number;
  trusted: boolean;
  /** Under which the cache knows its objects; `null` before the first scan. */
  store: string | null;
  lastScan: LastScan | null;
}

export class RepoRows {
  #db: DatabaseSync;
  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** By name, then path. */
  all(): RepoRow[] {
    return this.#select('ORDER BY name COLLATE NOCASE, path');
  }

  find(id: string): RepoRow | undefined {
    return this.#select('WHERE id = ?', id)[0];
  }

  at(path: string): RepoRow | undefined {
    return this.#select('WHERE path = ?', path)[0];
  }

  insert({ id, path, name, addedAt }: Omit<RepoRow, 'trusted' | 'store' | 'lastScan'>): void {
    transact(this.#db, () =>
      this.#db
        .prepare('INSERT INTO scan_repos (id, path, name, added_at) VALUES (?, ?, ?, ?)')
        .run(id, path, name, addedAt),
    );
  }

  trust(id: string): void {
    transact(this.#db, () => this.#db.prepare('UPDATE scan_repos SET trusted = 1 WHERE id = ?').run(id));
  }

  setStore(id: string, store: string): void {
    transact(this.#db, () => this.#db.prepare('UPDATE scan_repos SET store = ? WHERE id = ?').run(store, id));
  }

  setLastScan(id: string, lastScan: LastScan): void {
    transact(this.#db, () =>
      this.#db.prepare('UPDATE scan_repos SET last_scan = ? WHERE id = ?').run(JSON.stringify(lastScan), id),
    );
  }

  /** With its findings and the marks that hold for it alone. */
  remove(id: string): void {
    transact(this.#db, () => {
      this.#db.prepare('DELETE FROM findings WHERE repo_id = ?').run(id);
      this.#db.prepare('DELETE FROM finding_marks WHERE repo_id = ?').run(id);
      this.#db.prepare('DELETE FROM scan_repos WHERE id = ?').run(id);
    });
  }

  #select(rest: string, ...values: string[]): RepoRow[] {
    const rows = reading(this.#db, () =>
      this.#db
        .prepare(`SELECT id, path, name, added_at, trusted, store, last_scan FROM scan_repos ${rest}`)
        .all(...values),
    );
    return rows.map((row) => ({
      id: row.id as string,
      path: row.path as string,
      name: row.name as string,
      addedAt: row.added_at as number,
      trusted: row.trusted === 1,
      store: row.store as string | null,
      lastScan: parseLastScan(row.last_scan as string | null),
    }));
  }
}

/** What another version has written in another shape counts as never scanned. */
function parseLastScan(text: string | null): LastScan | null {
  if (text === null) return null;
  try {
    return LastScan.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
