// What people have said about findings: by fingerprint, so that it holds after the next scan, a rebase or a rename.
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../../preload/contract/errors.ts';
import type { FindingRow } from '../../../../preload/contract/scanner.ts';
import { transact } from '../../history/database.ts';
import { LIVE } from './live-findings.ts';

export type Mark = NonNullable<FindingRow['mark']>;

export interface MarkChange {
  ids: readonly number[];
  /** `null` takes the mark away. */
  kind: Mark['kind'] | null;
  scope: Mark['scope'];
  reason: string;
}

const EVERYWHERE = '';

export class FindingMarks {
  #db: DatabaseSync;
  #now: () => number;
  constructor(db: DatabaseSync, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /** The mark that holds for a finding; one for the repository wins over one for everywhere. */
  of(repoId: string, fingerprint: string): Mark | null {
    const row = this.#db
      .prepare(
        `SELECT repo_id, kind, reason, at FROM finding_marks
         WHERE fingerprint = ? AND repo_id IN (?, ?) ORDER BY repo_id = ? LIMIT 1`,
      )
      .get(fingerprint, EVERYWHERE, repoId, EVERYWHERE);
    if (!row) return null;
    return {
      kind: row.kind as Mark['kind'],
      scope: row.repo_id === EVERYWHERE ? 'everywhere' : 'repository',
      reason: row.reason as string,
      at: row.at as number,
    };
  }

  /** `NOT_FOUND` when none of the findings is there any more. */
  change({ ids, kind, scope, reason }: MarkChange): void {
    transact(this.#db, () => {
      const targets = this.#targets(ids);
      for (const { repoId, fingerprint } of targets) {
        if (kind === null) this.#unmark(repoId, fingerprint, scope);
        else this.#mark(repoId, fingerprint, { kind, scope, reason });
      }
      this.#refresh(new Set(targets.map(({ fingerprint }) => fingerprint)));
    });
  }

  #targets(ids: readonly number[]): { repoId: string; fingerprint: string }[] {
    const find = ['findings', LIVE].map((table) =>
      this.#db.prepare(`SELECT repo_id, fingerprint FROM ${table} WHERE id = ?`),
    );
    const found = ids.flatMap((id) => {
      const row = find[id < 0 ? 1 : 0]?.get(id);
      return row ? [{ repoId: row.repo_id as string, fingerprint: row.fingerprint as string }] : [];
    });
    if (found.length === 0)
      throw new AppError(
        'NOT_FOUND',
        'This finding is not there any more: the repository was scanned again.',
      );
    return found;
  }

  #mark(repoId: string, fingerprint: string, { kind, scope, reason }: Omit<Mark, 'at'>) {
    // What was said for this repository alone would hide what is said for everywhere now.
    if (scope === 'everywhere') this.#drop(repoId, fingerprint);
    this.#db
      .prepare(
        'INSERT OR REPLACE INTO finding_marks (fingerprint, repo_id, kind, reason, at) VALUES (?, ?, ?, ?, ?)',
      )
      .run(fingerprint, scope === 'everywhere' ? EVERYWHERE : repoId, kind, reason, this.#now());
  }

  /** Takes away what holds: with nothing said for the repository, that is what was said for everywhere. */
  #unmark(repoId: string, fingerprint: string, scope: Mark['scope']) {
    const hadOwn = this.#drop(repoId, fingerprint) > 0;
    if (scope === 'everywhere' || !hadOwn) this.#drop(EVERYWHERE, fingerprint);
  }

  #drop(repoId: string, fingerprint: string): number {
    const { changes } = this.#db
      .prepare('DELETE FROM finding_marks WHERE fingerprint = ? AND repo_id = ?')
      .run(fingerprint, repoId);
    return Number(changes);
  }

  #refresh(fingerprints: ReadonlySet<string>) {
    const updates = ['findings', LIVE].map((table) =>
      this.#db.prepare(
        `UPDATE ${table} SET marked = EXISTS (
           SELECT 1 FROM finding_marks m
           WHERE m.fingerprint = ${table}.fingerprint AND m.repo_id IN ('${EVERYWHERE}', ${table}.repo_id)
         ) WHERE fingerprint = ?`,
      ),
    );
    for (const fingerprint of fingerprints) for (const update of updates) update.run(fingerprint);
  }
}
