// Gets out of a damaged database what can still be read. The damaged files are only read, then renamed, never changed.
import fs from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../preload/contract/errors.ts';
import type { Clock } from '../clock.ts';
import { DATABASE_FILE } from './database.ts';
import { holdInstance } from './instance-lock.ts';
import { openReadable, openWritable } from './open-file.ts';
import { syncFolder } from './private-files.ts';
import { createTextIndex } from './text-index.ts';
import { truncateWal } from './vacuum.ts';

export interface Salvaged {
  /** Requests that are in the new database. */
  requests: number;
  /** Rows of any kind that were found but could not be read. */
  lost: number;
  /** Where the damaged file is now. */
  damagedFile: string;
}

/** Findings are not among them: the next scan finds them again, and their marks are kept. */
const WHOLE = ['keys', 'settings', 'ui', 'scan_repos', 'finding_marks'] as const;
const PER_REQUEST = ['drafts', 'endings', 'texts', 'records', 'partials'] as const;

/**
 * Puts everything readable into a new database in the place of the damaged one, which is kept under another name. Throws
 * `DATABASE_UNAVAILABLE` when another process is using it or when nothing in it can be read; then nothing is changed.
 */
export function salvageDatabase(dataDir: string, { clock }: { clock: Clock }): Salvaged {
  const path = join(dataDir, DATABASE_FILE);
  const { instance, others } = holdInstance(join(dataDir, 'instances'));
  try {
    if (others > 0)
      throw new AppError(
        'DATABASE_UNAVAILABLE',
        'Another Keybench process uses the database. Close it, then try again.',
      );
    const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
    const part = `${path}.salvaged`;
    for (const tail of ['', '-wal', '-shm']) fs.rmSync(part + tail, { force: true });
    const result = copyReadable(path, part, clock.now());
    const damagedFile = `${path}.damaged-${stamp}`;
    for (const tail of ['-wal', '-shm', ''])
      if (fs.existsSync(path + tail)) fs.renameSync(path + tail, damagedFile + tail);
    fs.renameSync(part, path);
    fs.rmSync(join(dataDir, 'check-wanted'), { force: true });
    syncFolder(dataDir);
    return { ...result, damagedFile };
  } finally {
    instance.release();
  }
}

function copyReadable(path: string, part: string, now: number): { requests: number; lost: number } {
  const source = openSource(path);
  const target = openWritable(part, { now });
  let lost = 0;
  const attempt = (act: () => void) => {
    try {
      act();
    } catch {
      lost++;
    }
  };
  /** One row at a time by its number: a damaged page costs only the rows on it. */
  const copyRow = (table: string, column: string, number: number) => {
    const rows = source.prepare(`SELECT * FROM ${table} WHERE ${column} = ?`).all(number);
    for (const row of rows) insert(target, table, row);
  };
  try {
    target.exec('BEGIN');
    for (const table of WHOLE.filter((name) => hasTable(source, name)))
      attempt(() => eachRow(source, table, (row) => insert(target, table, row)));
    const seqs = requestNumbers(source);
    for (const seq of seqs) {
      attempt(() => copyRow('requests', 'seq', seq));
      for (const table of PER_REQUEST) attempt(() => copyRow(table, 'seq', seq));
    }
    tidy(target);
    target.exec('COMMIT');
    truncateWal(target);
    const { n } = target.prepare('SELECT count(*) AS n FROM requests').get() as { n: number };
    return { requests: n, lost };
  } finally {
    source.close();
    target.close();
  }
}

function openSource(path: string): DatabaseSync {
  try {
    return openReadable(path, undefined, { older: true });
  } catch {
    throw new AppError(
      'DATABASE_UNAVAILABLE',
      `Nothing in ${path} can be read. Move it away and put a backup in its place.`,
    );
  }
}

/** Read from both ends and from an index, since a scan stops at the first damaged page. */
function requestNumbers(source: DatabaseSync): number[] {
  const found = new Set<number>();
  for (const order of [
    'ORDER BY seq',
    'ORDER BY seq DESC',
    'INDEXED BY requests_state ORDER BY state',
    'INDEXED BY requests_provider ORDER BY provider',
  ])
    try {
      for (const row of source.prepare(`SELECT seq FROM requests ${order}`).iterate())
        found.add(row.seq as number);
    } catch {}
  return [...found].sort((a, b) => a - b);
}

/** A file of an older version has fewer. When even that cannot be told, reading the table tells what is wrong. */
function hasTable(source: DatabaseSync, name: string): boolean {
  try {
    return source.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(name) !== undefined;
  } catch {
    return true;
  }
}

function eachRow(source: DatabaseSync, table: string, act: (row: Record<string, unknown>) => void) {
  for (const row of source.prepare(`SELECT * FROM ${table}`).iterate()) act(row);
}

function insert(target: DatabaseSync, table: string, row: Record<string, unknown>) {
  const columns = Object.keys(row);
  const marks = columns.map(() => '?').join(', ');
  target
    .prepare(
      `INSERT OR IGNORE INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${marks})`,
    )
    .run(...(Object.values(row) as string[]));
}

/** A request needs its draft, text without a request is nobody's, and the index is made anew. */
function tidy(target: DatabaseSync) {
  target.exec(`
    DELETE FROM requests WHERE seq NOT IN (SELECT seq FROM drafts);
    UPDATE scan_repos SET last_scan = NULL;
    INSERT OR IGNORE INTO texts SELECT seq, name, coalesce(model, ''), prompt_head, '' FROM requests;
  `);
  for (const table of PER_REQUEST)
    target.exec(`DELETE FROM ${table} WHERE seq NOT IN (SELECT seq FROM requests)`);
  const index = createTextIndex(target);
  for (const row of target.prepare("SELECT seq FROM requests WHERE state <> 'streaming'").all())
    index.add(row.seq as number);
}
