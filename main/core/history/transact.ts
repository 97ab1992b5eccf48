// The one way to write: BEGIN IMMEDIATE (two processes may share the file), commit, errors as sentences.
// Whoever holds only a `DatabaseSync` still gets the reserve of a full disk, because the opener registers it here.
import type { DatabaseSync } from 'node:sqlite';
import { failureOf, toAppError } from './sqlite-error.ts';

export interface WriteObserver {
  /** The disk is full. True when room was made and the write is worth a second try. */
  makeRoom(): boolean;
  /** A write went through. */
  wrote(): void;
  /** A read or write failed for good. */
  failed(error: unknown): void;
}

const observers = new WeakMap<DatabaseSync, WriteObserver>();

export function observeWrites(db: DatabaseSync, observer: WriteObserver): void {
  observers.set(db, observer);
}

/**
 * Runs `work` in one durable transaction. Inside another one it joins it. `work` may run twice (when the first try met a full
 * disk and the reserve was released), so it must do nothing but SQL. Throws `AppError`: `DISK_FULL`,
 * `DATABASE_READ_ONLY`, `DATABASE_UNAVAILABLE`; nothing is changed then.
 */
export function transact<T>(db: DatabaseSync, work: () => T): T {
  if (db.isTransaction) return work();
  const observer = observers.get(db);
  let retried = false;
  for (;;) {
    try {
      db.exec('BEGIN IMMEDIATE');
      const result = work();
      db.exec('COMMIT');
      observer?.wrote();
      return result;
    } catch (error) {
      rollback(db);
      if (failureOf(error) === 'full' && !retried && observer?.makeRoom()) {
        retried = true;
        continue;
      }
      observer?.failed(error);
      throw toAppError(error);
    }
  }
}

/** Runs a read and turns SQLite's errors into sentences. */
export function reading<T>(db: DatabaseSync, work: () => T): T {
  try {
    return work();
  } catch (error) {
    observers.get(db)?.failed(error);
    throw toAppError(error);
  }
}

function rollback(db: DatabaseSync) {
  // SQLite has already rolled back by itself after some errors, a full disk among them.
  if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
}
