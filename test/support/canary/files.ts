// Looks through files as bytes, through their names, and through SQLite files also cell by cell.
import {
  copyFileSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Ledger } from './ledger.ts';

export interface Tree {
  root: string;
  /** Folders and files that are left out, absolute: the keyring's own. */
  except?: readonly string[];
  /** Names the channel of a file. */
  channelOf?: (file: string) => string;
}

const SQLITE = Buffer.from('SQLite format 3\0');

/** Everything that lies below `root` now. A file that goes away meanwhile is no fault. */
export function lookThroughFiles(
  ledger: Ledger,
  { root, except = [], channelOf = () => 'file' }: Tree,
): void {
  for (const file of walk(root, except)) {
    const channel = channelOf(file);
    const where = path.relative(root, file);
    ledger.look('file name', where, where);
    const data = read(file);
    if (data === null) continue;
    ledger.look(channel, where, data);
    if (data.subarray(0, SQLITE.length).equals(SQLITE)) lookThroughDatabase(ledger, file, where);
  }
}

/** Every cell of every table, search index included, as the file and its -wal together hold them. */
function lookThroughDatabase(ledger: Ledger, file: string, where: string): void {
  const scratch = mkdtempSync(path.join(tmpdir(), 'keybench-cells-'));
  try {
    const copy = path.join(scratch, 'copy.db');
    copyFileSync(file, copy);
    for (const end of ['-wal', '-journal'])
      if (read(file + end) !== null) copyFileSync(file + end, copy + end);
    const db = new DatabaseSync(copy);
    try {
      const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all();
      for (const { name } of tables) lookThroughTable(ledger, db, String(name), where);
    } finally {
      db.close();
    }
  } catch (error) {
    // A browser's database in mid-write; its bytes were looked through all the same.
    if ((error as { code?: string }).code !== 'ERR_SQLITE_ERROR' && !isGone(error)) throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function lookThroughTable(ledger: Ledger, db: DatabaseSync, table: string, where: string): void {
  const query = db.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`);
  query.setReadBigInts(true);
  for (const row of query.iterate())
    for (const [column, cell] of Object.entries(row)) {
      const at = `${where} ${table}.${column}`;
      if (typeof cell === 'string') ledger.look('database cell', at, cell);
      else if (cell instanceof Uint8Array) ledger.look('database cell', at, Buffer.from(cell));
    }
}

function* walk(folder: string, except: readonly string[]): Generator<string> {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if (isGone(error)) return;
    throw error;
  }
  for (const name of names) {
    const file = path.join(folder, name);
    if (except.includes(file)) continue;
    const kind = kindOf(file);
    if (kind === 'folder') yield* walk(file, except);
    else if (kind === 'file' || kind === 'link') yield file;
  }
}

function kindOf(file: string): 'folder' | 'file' | 'link' | null {
  try {
    const stat = lstatSync(file);
    if (stat.isDirectory()) return 'folder';
    if (stat.isSymbolicLink()) return 'link';
    return stat.isFile() ? 'file' : null; // sockets and pipes hold nothing
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

function read(file: string): Buffer | null {
  try {
    return kindOf(file) === 'link' ? Buffer.from(readlinkSync(file)) : readFileSync(file);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

const isGone = (error: unknown) => (error as { code?: string }).code === 'ENOENT';
