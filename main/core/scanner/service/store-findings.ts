// Puts what a finished scan has found in the place of what was known, in one transaction. What is still there keeps its
// number, its mark and the time it was first seen, also when it has moved from the index into a commit.
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { transact } from '../../history/database.ts';
import type { Finding, ScanProfile, ScanSource } from '../model.ts';
import { FOUND_COLUMNS, toValues } from './finding-columns.ts';
import { findingKinds, kindNumbers } from './finding-kinds.ts';

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

interface Row {
  id: number;
  source: ScanSource;
  /** In the order of FOUND_COLUMNS. */
  values: SQLOutputValue[];
}

const PATH = FOUND_COLUMNS.indexOf('path');
const FINGERPRINT = FOUND_COLUMNS.indexOf('fingerprint');
const PRESENT = FOUND_COLUMNS.indexOf('present');

/** Throws `DISK_FULL`, `DATABASE_READ_ONLY`, `DATABASE_UNAVAILABLE`; everything is then as it was. */
export function storeFindings(db: DatabaseSync, scan: FinishedScan): void {
  transact(db, () => replaceFindings(db, scan));
}

function replaceFindings(
  db: DatabaseSync,
  { repoId, profile, findings, keyFingerprints, now }: FinishedScan,
) {
  const stored = rowsOf(db, repoId);
  const covers = COVERS[profile];
  const covered = ({ source }: Row) => covers === 'all' || covers.includes(source);
  const marks = marksOf(db, repoId);
  const kindOf = kindNumbers(db);
  const insert = db.prepare(
    `INSERT INTO findings (${FOUND_COLUMNS.join(', ')}, repo_id, marked, first_seen)
     VALUES (${FOUND_COLUMNS.map(() => '?').join(', ')}, ?, ?, ?)`,
  );
  const update = db.prepare(
    `UPDATE findings SET ${FOUND_COLUMNS.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
  );
  const remove = db.prepare('DELETE FROM findings WHERE id = ?');

  const places = byPlace(stored);
  const kept = new Set<Row>();
  for (const finding of findings) {
    const known = finding.knownKey === null ? null : (keyFingerprints.get(finding.knownKey) ?? null);
    const values = toValues(finding, kindOf(finding), known);
    const there = places.get(`${finding.fingerprint}\0${finding.path}`);
    const same = there && sameFinding(there, finding.source, kept);
    if (!same) {
      insert.run(...values, repoId, marks.has(finding.fingerprint) ? 1 : 0, now);
      continue;
    }
    kept.add(same);
    // What a scan has not looked at says more: history, of what stands in the work tree as well.
    if (covered(same) && same.values.some((value, index) => value !== values[index]))
      update.run(...values, same.id);
  }
  for (const row of stored) if (!kept.has(row) && covered(row)) remove.run(row.id);
  if (profile === 'worktree') tellPresence(db, stored, findings);
}

function rowsOf(db: DatabaseSync, repoId: string): Row[] {
  const kinds = findingKinds(db);
  const statement = db.prepare(`SELECT ${FOUND_COLUMNS.join(', ')}, id FROM findings WHERE repo_id = ?`);
  statement.setReturnArrays(true);
  const rows = statement.all(repoId) as unknown as SQLOutputValue[][];
  return rows.map((values) => {
    const id = values.pop() as number;
    return { id, source: kinds.get(values[0] as number)?.source ?? 'history', values };
  });
}

function marksOf(db: DatabaseSync, repoId: string): ReadonlySet<unknown> {
  const rows = db.prepare("SELECT fingerprint FROM finding_marks WHERE repo_id IN ('', ?)").all(repoId);
  return new Set(rows.map((row) => row.fingerprint));
}

/** Of the rows with the same secret in the same path the one of the same source, else one that it can have become. */
function sameFinding(rows: readonly Row[], source: ScanSource, taken: ReadonlySet<Row>): Row | undefined {
  const free = rows.filter((row) => !taken.has(row) && becomes(row.source) === becomes(source));
  return free.find((row) => row.source === source) ?? free[0];
}

/** A file is written, staged and committed and stays the same finding; what stands in these is another thing. */
const APART: readonly ScanSource[] = ['ignored', 'message', 'tag', 'note'];
const becomes = (source: ScanSource) => (APART.includes(source) ? source : 'file');

function byPlace(rows: readonly Row[]): Map<string, Row[]> {
  const places = new Map<string, Row[]>();
  for (const row of rows) {
    const place = `${row.values[FINGERPRINT]}\0${row.values[PATH]}`;
    const there = places.get(place);
    if (there) there.push(row);
    else places.set(place, [row]);
  }
  return places;
}

/** The work tree was read: of everything that history knows it is now certain whether it is still there. */
function tellPresence(db: DatabaseSync, stored: readonly Row[], found: readonly Finding[]) {
  const there = new Set<unknown>(found.map(({ fingerprint }) => fingerprint));
  const tell = db.prepare('UPDATE findings SET present = ? WHERE id = ?');
  for (const { id, source, values } of stored) {
    const present = Number(there.has(values[FINGERPRINT]));
    if (!FILES.includes(source) && values[PRESENT] !== present) tell.run(present, id);
  }
}
