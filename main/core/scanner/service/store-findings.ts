// Puts what a finished scan has found in the place of what was known, in one transaction. What is still there keeps its
// number, its mark and the time it was first seen, also when it has moved from the index into a commit.
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { transact } from '../../history/database.ts';
import type { Finding, ScanProfile, ScanSource } from '../model.ts';
import { FOUND_COLUMNS, type FoundColumn, inOrder, toValues } from './finding-columns.ts';

/** What a scan of each profile has looked at in full, so that what it did not find there is gone. */
const FILES: readonly ScanSource[] = ['worktree', 'untracked', 'ignored'];
const COVERS: Record<ScanProfile, readonly ScanSource[] | 'all'> = {
  history: 'all',
  worktree: FILES,
  staged: ['staged'],
};

export interface FinishedScan {
  repoId: string;
  profile: ScanProfile;
  findings: readonly Finding[];
  /** Fingerprints of the stored keys the scan looked for, by key id. */
  keyFingerprints: ReadonlyMap<string, string>;
  now: number;
}

type Row = Record<FoundColumn, SQLOutputValue> & { id: number };

/** Throws `DISK_FULL`, `DATABASE_READ_ONLY`, `DATABASE_UNAVAILABLE`; everything is then as it was. */
export function storeFindings(db: DatabaseSync, scan: FinishedScan): void {
  transact(db, () => replaceFindings(db, scan));
}

function replaceFindings(
  db: DatabaseSync,
  { repoId, profile, findings, keyFingerprints, now }: FinishedScan,
) {
  const columns = FOUND_COLUMNS.join(', ');
  const stored = db.prepare(`SELECT id, ${columns} FROM findings WHERE repo_id = ?`).all(repoId) as Row[];
  const covers = COVERS[profile];
  const covered = (source: SQLOutputValue) => covers === 'all' || covers.some((one) => one === source);
  const marks = new Set(
    db
      .prepare("SELECT fingerprint FROM finding_marks WHERE repo_id IN ('', ?)")
      .all(repoId)
      .map((row) => row.fingerprint),
  );
  const insert = db.prepare(
    `INSERT INTO findings (${columns}, repo_id, marked, first_seen)
     VALUES (${FOUND_COLUMNS.map(() => '?').join(', ')}, ?, ?, ?)`,
  );
  const update = db.prepare(
    `UPDATE findings SET ${FOUND_COLUMNS.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
  );
  const remove = db.prepare('DELETE FROM findings WHERE id = ?');

  const places = byPlace(stored);
  const kept = new Set<number>();
  for (const finding of findings) {
    const known = finding.knownKey === null ? null : (keyFingerprints.get(finding.knownKey) ?? null);
    const values = toValues(finding, known);
    const same = sameFinding(places.get(placeOf(values)) ?? [], values.source, kept);
    if (same === undefined) {
      insert.run(...inOrder(values), repoId, marks.has(values.fingerprint) ? 1 : 0, now);
      continue;
    }
    kept.add(same.id);
    // Known from history, seen again in the work tree: history says more about it.
    const stays = !covered(same.source);
    if (!stays && FOUND_COLUMNS.some((name) => same[name] !== values[name]))
      update.run(...inOrder(values), same.id);
  }
  for (const row of stored) if (!kept.has(row.id) && covered(row.source)) remove.run(row.id);
  if (profile === 'worktree') tellPresence(db, repoId, stored, findings);
}

/** Of the rows with the same secret in the same path the one of the same source, else one that it can have become. */
function sameFinding(rows: readonly Row[], source: unknown, taken: ReadonlySet<number>): Row | undefined {
  const free = rows.filter((row) => !taken.has(row.id) && becomes(row.source) === becomes(source));
  return free.find((row) => row.source === source) ?? free[0];
}

/** A file is written, staged and committed and stays the same finding; what stands in these is another thing. */
const APART: readonly unknown[] = ['ignored', 'message', 'tag', 'note'];
const becomes = (source: unknown) => (APART.includes(source) ? source : 'file');

function byPlace(rows: readonly Row[]): Map<string, Row[]> {
  const places = new Map<string, Row[]>();
  for (const row of rows) {
    const place = placeOf(row);
    const there = places.get(place);
    if (there) there.push(row);
    else places.set(place, [row]);
  }
  return places;
}

const placeOf = (row: { fingerprint: unknown; path: unknown }) => `${row.fingerprint}\0${row.path}`;

/** The work tree was read: of everything that history knows it is now certain whether it is still there. */
function tellPresence(db: DatabaseSync, repoId: string, stored: readonly Row[], found: readonly Finding[]) {
  const there = new Set(found.map(({ fingerprint }) => fingerprint));
  const tell = db.prepare('UPDATE findings SET present = ? WHERE id = ? AND repo_id = ?');
  for (const row of stored) {
    const present = Number(there.has(row.fingerprint as string));
    if (!FILES.some((one) => one === row.source) && row.present !== present)
      tell.run(present, row.id, repoId);
  }
}
