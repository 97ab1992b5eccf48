// What a running scan has found so far: in memory only (a temporary table), so that lists and counts see it like the
// rest. Each secret once, and only what is not stored already; paths and commits come when the scan is done.
import type { DatabaseSync } from 'node:sqlite';
import type { Finding } from '../model.ts';
import { FOUND_COLUMNS, toValues } from './finding-columns.ts';
import { kindNumbers } from './finding-kinds.ts';

export const LIVE = 'live_findings';

export class LiveFindings {
  #db: DatabaseSync;
  #lastId = 0;
  #count = 0;
  /** The connection must keep temporary tables in memory (`temp_store`). */
  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(`
      CREATE TEMP TABLE ${LIVE} AS SELECT * FROM findings WHERE 0;
      CREATE UNIQUE INDEX temp.live_id ON ${LIVE} (id);
      CREATE UNIQUE INDEX temp.live_place ON ${LIVE} (repo_id, fingerprint);
    `);
  }

  get any(): boolean {
    return this.#count > 0;
  }

  /** How many were new. Their numbers are below zero, so that they cannot be taken for stored ones. */
  add(
    repoId: string,
    findings: readonly Finding[],
    keyFingerprints: ReadonlyMap<string, string>,
    now: number,
  ): number {
    const isStored = this.#db.prepare('SELECT 1 FROM findings WHERE repo_id = ? AND fingerprint = ? LIMIT 1');
    const isMarked = this.#db.prepare(
      "SELECT 1 FROM finding_marks WHERE fingerprint = ? AND repo_id IN ('', ?) LIMIT 1",
    );
    const insert = this.#db.prepare(
      `INSERT OR IGNORE INTO ${LIVE} (id, repo_id, marked, first_seen, ${FOUND_COLUMNS.join(', ')})
       VALUES (?, ?, ?, ?, ${FOUND_COLUMNS.map(() => '?').join(', ')})`,
    );
    const kindOf = kindNumbers(this.#db);
    let added = 0;
    for (const finding of findings) {
      if (isStored.get(repoId, finding.fingerprint)) continue;
      const known = finding.knownKey === null ? null : (keyFingerprints.get(finding.knownKey) ?? null);
      const marked = isMarked.get(finding.fingerprint, repoId) ? 1 : 0;
      const values = toValues(finding, kindOf(finding), known);
      added += Number(insert.run(--this.#lastId, repoId, marked, now, ...values).changes);
    }
    this.#count += added;
    return added;
  }

  clear(repoId: string): void {
    const { changes } = this.#db.prepare(`DELETE FROM ${LIVE} WHERE repo_id = ?`).run(repoId);
    this.#count -= Number(changes);
  }
}
