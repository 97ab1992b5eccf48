// Opens one database file, in the three ways there are: to write, to read, or as an empty one in memory.
import fs from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { OpenProblem } from './database-problems.ts';
import {
  APPLICATION_ID,
  MIGRATIONS,
  type MigrateOptions,
  type Migration,
  migrate,
  pragma,
} from './migrations.ts';
import { privateFile } from './private-files.ts';
import { failureOf } from './sqlite-error.ts';

const BUSY_MS = 5000;

/** No mmap: a file that shrinks under it (disk error, other program) would be a SIGBUS of the whole process. */
const COMMON = `
  PRAGMA mmap_size = 0;
  PRAGMA temp_store = MEMORY;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
`;

export function openWritable(path: string, options: MigrateOptions): DatabaseSync {
  privateFile(path, true);
  const db = new DatabaseSync(path, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
  try {
    identify(db, options.migrations ?? MIGRATIONS);
    // Both only take effect in this order and, the page size, only in an empty file. Rows are about 2 KB: at 4096 half is air.
    db.exec('PRAGMA page_size = 8192');
    const mode = pragma(db, 'journal_mode = WAL');
    db.exec(`
      ${COMMON}
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA cache_size = -16000;
      PRAGMA wal_autocheckpoint = 500;
      PRAGMA journal_size_limit = 8388608;
    `);
    // Asserted and not assumed: a driver built with another default would lose acknowledged rows in a power cut.
    if (mode !== 'wal' || pragma(db, 'synchronous') !== 2) throw new OpenProblem('no-wal');
    migrate(db, options);
    // SQLite opens a write-protected file for reading without a word, and even gives the writer's lock in WAL mode; only
    // changing a page tells. Rolled back, so that nothing is written.
    db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${pragma(db, 'user_version')}; ROLLBACK`);
    for (const tail of ['', '-wal', '-shm']) privateFile(path + tail, false);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Reads a file that cannot or must not be written. Throws when it cannot be read either. `older`: also one that was not
 * brought to the newest schema, whose tables the caller then looks for himself.
 */
export function openReadable(
  path: string,
  migrations: readonly Migration[] = MIGRATIONS,
  { older = false }: { older?: boolean } = {},
): DatabaseSync {
  try {
    return readable(path, migrations, older);
  } catch (error) {
    if (error instanceof OpenProblem) throw error;
    // Without the right to make a -shm file SQLite reads a WAL database only when told that nobody writes it.
    return readable(`${pathToFileURL(path).href}?immutable=1`, migrations, older);
  }
}

function readable(location: string, migrations: readonly Migration[], older: boolean): DatabaseSync {
  const db = new DatabaseSync(location, { readOnly: true, timeout: BUSY_MS });
  try {
    db.exec(COMMON);
    identify(db, migrations);
    const version = pragma(db, 'user_version') as number;
    if (version > migrations.length || (version < migrations.length && !older))
      throw new OpenProblem('newer');
    db.prepare('SELECT seq FROM requests ORDER BY seq DESC LIMIT 1').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export function openMemory(now: number, migrations: readonly Migration[] = MIGRATIONS): DatabaseSync {
  const db = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true });
  db.exec(COMMON);
  migrate(db, { migrations, now });
  return db;
}

/** Refuses what is not ours before anything in it is changed. */
function identify(db: DatabaseSync, migrations: readonly Migration[]) {
  const version = pragma(db, 'user_version') as number;
  const application = pragma(db, 'application_id');
  const tables = db.prepare('SELECT count(*) AS n FROM sqlite_master').get()?.n as number;
  if (application !== APPLICATION_ID && (application !== 0 || version !== 0 || tables > 0))
    throw new OpenProblem('foreign');
  if (version > migrations.length) throw new OpenProblem('newer');
}

/** First line of SQLite's quick check, or `null` when it finds nothing. Takes about 2 s per 500 MB. */
export function quickCheck(db: DatabaseSync): string | null {
  try {
    const line = String(pragma(db, 'quick_check(1)'));
    return line === 'ok' ? null : line;
  } catch (error) {
    if (failureOf(error) !== 'damaged') throw error;
    return (error as Error).message;
  }
}

/** The same for a file, on a connection that writes nothing, not even the log back into the file when it is closed. */
export function quickCheckFile(path: string): string | null {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS });
  try {
    return quickCheck(db);
  } finally {
    db.close();
  }
}

/** 0 when there is no such file, or none that we may see. */
export function fileSize(path: string): number {
  try {
    return fs.statSync(path).size;
  } catch {
    return 0;
  }
}
