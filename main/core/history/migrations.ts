// Brings a database to the newest schema, one numbered step per transaction, a whole copy of the old file first.
// A kill at any moment leaves the old version or the new one: the version number is part of each transaction.
import fs from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { privateFolder, syncFolder } from './private-files.ts';
import { createSchema1 } from './schema-1.ts';
import { createSchema2 } from './schema-2.ts';

/** `up` runs inside the transaction that also raises the version; it must not begin or commit one. */
export type Migration = (db: DatabaseSync) => void;

/** Version n is reached by the entry at index n − 1. Append only. */
export const MIGRATIONS: readonly Migration[] = [createSchema1, createSchema2];

/** "Keyb" in ASCII: tells our file from any other SQLite database. https://www.sqlite.org/pragma.html#pragma_application_id */
export const APPLICATION_ID = 0x4b657962;
const KEEP_BACKUPS = 3;

export interface MigrateOptions {
  migrations?: readonly Migration[];
  /** Where the copy of an existing database goes first. Absent: no copy (a database in memory). */
  backupFolder?: string;
  /** Epoch ms, for the name of the copy. */
  now: number;
}

export const pragma = (db: DatabaseSync, name: string): number | string => {
  const row = db.prepare(`PRAGMA ${name}`).get();
  return Object.values(row ?? {})[0] as number | string;
};

/** Throws SQLite's error when a step fails; that step is then undone and the ones before it stand. */
export function migrate(db: DatabaseSync, options: MigrateOptions): void {
  const migrations = options.migrations ?? MIGRATIONS;
  const from = pragma(db, 'user_version') as number;
  if (from >= migrations.length) return;
  if (from > 0 && options.backupFolder) backUp(db, options.backupFolder, `v${from}`, options.now);
  for (let version = from + 1; version <= migrations.length; version++)
    step(db, version, migrations[version - 1]!);
}

function step(db: DatabaseSync, version: number, up: Migration) {
  db.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have done this step while we waited for the lock.
    if ((pragma(db, 'user_version') as number) < version) {
      up(db);
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Writes a whole, compact copy and keeps the newest three. A half-written copy never has a final name. */
export function backUp(db: DatabaseSync, folder: string, label: string, now: number): string {
  privateFolder(folder);
  for (const name of fs.readdirSync(folder)) if (name.endsWith('.part')) fs.rmSync(join(folder, name));
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const path = join(folder, `keybench-${label}-${stamp}.db`);
  const part = `${path}.part`;
  try {
    db.prepare('VACUUM INTO ?').run(part);
    const fd = fs.openSync(part, 'r+');
    fs.fsyncSync(fd);
    fs.closeSync(fd);
    fs.chmodSync(part, 0o600);
    fs.renameSync(part, path);
  } catch (error) {
    fs.rmSync(part, { force: true });
    throw error;
  }
  syncFolder(folder);
  for (const old of listBackups(folder).slice(KEEP_BACKUPS)) fs.rmSync(old, { force: true });
  return path;
}

/** Whole copies in `folder`, newest first. By modification time: the clock in the name may have been wrong. */
export function listBackups(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => /^keybench-.*\.db$/.test(name))
    .map((name) => join(folder, name))
    .sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs || (a < b ? 1 : -1));
}
