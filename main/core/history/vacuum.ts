// Gets deleted text out of the files: out of the write-ahead log, and out of free pages of the main file.
import type { DatabaseSync } from 'node:sqlite';
import { transact } from './transact.ts';

const NOTE = 'vacuum';

/** Moves everything into the main file and empties the log. False while another connection is in the middle of a read. */
export function truncateWal(db: DatabaseSync): boolean {
  try {
    return db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
  } catch {
    return false;
  }
}

/** Call in the transaction that deletes much: if the process dies before `finishVacuum`, the next start does it. */
export function wantVacuum(db: DatabaseSync): void {
  db.prepare("INSERT OR REPLACE INTO notes VALUES (?, '1')").run(NOTE);
}

/** Rebuilds the file without the deleted content, if `wantVacuum` was called. On a full disk it stays wanted. */
export function finishVacuum(db: DatabaseSync): void {
  if (!db.prepare('SELECT 1 FROM notes WHERE key = ?').get(NOTE)) return;
  try {
    db.exec('VACUUM');
    transact(db, () => db.prepare('DELETE FROM notes WHERE key = ?').run(NOTE));
    truncateWal(db);
  } catch {}
}
