// Which stored keys are meant by findings. Read from the table of keys each time: they are added, renamed and removed
// while findings stay.
import type { DatabaseSync } from 'node:sqlite';
import type { ScannerState } from '../../../../preload/contract/scanner.ts';
import { reading } from '../../history/database.ts';

export interface StoredKey {
  id: string;
  name: string;
  uses: number;
  lastUsedAt: number | null;
}

/** By fingerprint. */
export function storedKeys(db: DatabaseSync): ReadonlyMap<string, StoredKey> {
  const rows = reading(db, () =>
    db
      .prepare(
        `SELECT id, name, fingerprint, uses, last_used_at FROM keys
         WHERE state = 'active' AND fingerprint <> ''`,
      )
      .all(),
  );
  return new Map(
    rows.map((row) => [
      row.fingerprint as string,
      {
        id: row.id as string,
        name: row.name as string,
        uses: row.uses as number,
        lastUsedAt: row.last_used_at as number | null,
      },
    ]),
  );
}

export interface OpenCounts {
  /** By repository. */
  repos: ReadonlyMap<string, { high: number; medium: number; low: number; known: number }>;
  keys: ScannerState['keys'];
}

/** What is neither marked nor suppressed, and is not only in a file that git ignores: such a key has not leaked. */
const LEAKS = `f.marked = 0 AND f.suppressed IS NULL
  AND f.kind NOT IN (SELECT id FROM finding_kinds WHERE source = 'ignored')`;

export function countOpen(db: DatabaseSync): OpenCounts {
  const repos = new Map<string, { high: number; medium: number; low: number; known: number }>();
  const of = (id: string) => {
    const counts = repos.get(id) ?? { high: 0, medium: 0, low: 0, known: 0 };
    repos.set(id, counts);
    return counts;
  };
  return reading(db, () => {
    const bySeverity = db
      .prepare(
        `SELECT f.repo_id, f.severity, count(*) AS n FROM findings f WHERE ${LEAKS}
         GROUP BY f.repo_id, f.severity`,
      )
      .all();
    for (const row of bySeverity) {
      const name = (['high', 'medium', 'low'] as const)[row.severity as number];
      if (name) of(row.repo_id as string)[name] += row.n as number;
    }
    const known = db
      .prepare(
        `SELECT f.repo_id, count(*) AS n FROM findings f
         WHERE f.key_fingerprint IN (SELECT fingerprint FROM keys WHERE state = 'active') AND ${LEAKS}
         GROUP BY f.repo_id`,
      )
      .all();
    for (const row of known) of(row.repo_id as string).known += row.n as number;
    const byKey = db
      .prepare(
        `SELECT k.id, f.repo_id, count(*) AS n
         FROM keys k JOIN findings f ON f.key_fingerprint = k.fingerprint
         WHERE k.state = 'active' AND ${LEAKS} GROUP BY k.id, f.repo_id`,
      )
      .all();
    const keys = new Map<string, { keyId: string; repos: number; findings: number }>();
    for (const row of byKey) {
      const keyId = row.id as string;
      const n = row.n as number;
      const key = keys.get(keyId) ?? { keyId, repos: 0, findings: 0 };
      keys.set(keyId, { keyId, repos: key.repos + 1, findings: key.findings + n });
    }
    return { repos, keys: [...keys.values()] };
  });
}
