// The one database of the app. Opening it never throws and never harms a file it does not understand: the app then works
// in memory, or reads only, and says so in one sentence with a remedy.
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { DatabaseStatus } from '../../../preload/contract/app.ts';
import type { Clock } from '../clock.ts';
import { BALLAST, type Ballast, type BallastSize, createBallast } from './ballast.ts';
import { type CheckMark, createCheckMark } from './check-mark.ts';
import {
  damagedProblem,
  fullProblem,
  isDamage,
  memoryProblem,
  OK,
  OpenProblem,
  type Problem,
  readOnlyProblem,
} from './database-problems.ts';
import { holdInstance, type Instance, loneInstance } from './instance-lock.ts';
import { listBackups, type Migration } from './migrations.ts';
import { fileSize, openMemory, openReadable, openWritable, quickCheckFile } from './open-file.ts';
import { FolderProblem, freeBytes, privateByDefault, privateFolder } from './private-files.ts';
import { failureOf } from './sqlite-error.ts';
import { observeWrites } from './transact.ts';
import { finishVacuum, truncateWal } from './vacuum.ts';

export { openMemory } from './open-file.ts';
export { reading, transact } from './transact.ts';

export const DATABASE_FILE = 'keybench.db';
/** Larger files are checked by the search worker after an unclean exit: at most about 0.2 s is spent at start. */
const CHECK_AT_ONCE = 48 * 1024 * 1024;
const LITTLE = 256 * 1024;

export interface DatabaseOptions {
  clock: Clock;
  log?: { warn(message: string, data?: Record<string, unknown>): void };
  /** For tests. */
  migrations?: readonly Migration[];
  /** For tests on small disks. */
  ballast?: BallastSize;
}

export interface Database {
  readonly db: DatabaseSync;
  /** The file behind `db`, or `null` when it is in memory: what a second, read-only connection may open. */
  readonly file: string | null;
  /** This process as an owner of running requests. */
  readonly instance: Instance;
  /** True when a former process died and the file is too large to be checked at start; `checked` takes the result. */
  readonly checkWanted: boolean;
  status(): DatabaseStatus;
  /** Called with each change of the status, also back to `ok`. Returns a function that ends it. */
  onProblem(cb: (status: DatabaseStatus) => void): () => void;
  /** The result of `quickCheck`. Damage: nothing is written from now on, nor after the next start. */
  checked(damage: string | null): void;
  close(): void;
}

interface Opened {
  db: DatabaseSync;
  file: string | null;
  instance: Instance;
  problem: Problem;
}

export function openDatabase(dataDir: string, options: DatabaseOptions): Database {
  const path = join(dataDir, DATABASE_FILE);
  const ballast = createBallast(join(dataDir, 'reserve'), options.ballast ?? BALLAST);
  const mark = createCheckMark(join(dataDir, 'check-wanted'));
  const listeners = new Set<(status: DatabaseStatus) => void>();
  const opened = open(dataDir, path, mark, ballast, options);
  const { db, file, instance } = opened;
  let problem = opened.problem;
  let reserveUsed = problem.state === 'full';

  const status = (): DatabaseStatus => ({ ...problem, path });
  const set = (next: Problem) => {
    if (next.state === problem.state && next.problem === problem.problem) return;
    problem = next;
    if (next.problem) options.log?.warn(next.problem);
    for (const listener of [...listeners]) listener(status());
  };
  const checked = (damage: string | null) => {
    if (file === null) return;
    if (damage === null) return mark.remove();
    mark.set('damaged');
    options.log?.warn('The database is damaged', { damage });
    db.exec('PRAGMA query_only = ON');
    set(damagedProblem(path, newestBackup(dataDir)));
  };

  if (problem.problem) options.log?.warn(problem.problem);
  if (problem.state === 'ok') ballast.fill();

  observeWrites(db, {
    makeRoom() {
      const released = file !== null && ballast.release();
      reserveUsed ||= released;
      return released;
    },
    wrote() {
      if (reserveUsed && ballast.fill()) reserveUsed = false;
      if (reserveUsed) set(fullProblem(path, true));
      else if (problem.state === 'full') set(OK);
    },
    failed(error) {
      const failure = failureOf(error);
      if (failure === 'full' && file) set(fullProblem(path, false));
      if (failure === 'damaged' || failure === 'not-a-database') checked((error as Error).message);
    },
  });

  return {
    db,
    file,
    instance,
    checkWanted: problem.state === 'ok' && mark.get() !== null,
    status,
    checked,
    onProblem(cb) {
      listeners.add(cb);
      return () => listeners.delete(cb);
    },
    close() {
      if (!db.isOpen) return;
      listeners.clear();
      if (problem.state === 'ok' || problem.state === 'full') truncateWal(db);
      db.close();
      instance.release();
    },
  };
}

function open(
  dataDir: string,
  path: string,
  mark: CheckMark,
  ballast: Ballast,
  options: DatabaseOptions,
): Opened {
  const migrations = options.migrations ? { migrations: options.migrations } : {};
  let held: ReturnType<typeof holdInstance> | undefined;
  const write = (): Opened => {
    privateByDefault();
    privateFolder(dataDir);
    held ??= holdInstance(join(dataDir, 'instances'));
    if (held.crashed && !mark.get()) mark.set('crashed');
    checkAtOnce(path, mark);
    const db = openWritable(path, {
      ...migrations,
      backupFolder: join(dataDir, 'backups'),
      now: options.clock.now(),
    });
    finishVacuum(db);
    return { db, file: path, instance: held.instance, problem: OK };
  };
  const without = (db: DatabaseSync, file: string | null, problem: Problem): Opened => {
    held?.instance.release();
    return { db, file, instance: loneInstance(), problem };
  };
  try {
    try {
      return write();
    } catch (error) {
      if (!isFull(error, dataDir) || !ballast.release()) throw error;
      return { ...write(), problem: fullProblem(path, true) };
    }
  } catch (error) {
    const failure = failureOf(error);
    const full = isFull(error, dataDir);
    const backup = newestBackup(dataDir);
    // Our own refusals are final; whatever else keeps us from writing may still let us read.
    const refused =
      (error instanceof OpenProblem && error.kind !== 'damaged') || error instanceof FolderProblem;
    if (!refused && failure !== 'not-a-database' && fileSize(path) > 0) {
      try {
        const db = openReadable(path, options.migrations);
        return without(
          db,
          path,
          isDamage(error) ? damagedProblem(path, backup) : readOnlyProblem(path, full),
        );
      } catch {}
    }
    return without(
      openMemory(options.clock.now(), options.migrations),
      null,
      memoryProblem(error, path, full, backup),
    );
  }
}

/** A full disk shows as such only to who writes; opening then fails to map a file of 32 KB, with an I/O error. */
function isFull(error: unknown, dataDir: string): boolean {
  const failure = failureOf(error);
  if (failure !== 'unreachable' && failure !== 'cannot-open') return failure === 'full';
  try {
    return freeBytes(dataDir) < LITTLE;
  } catch {
    return false;
  }
}

/** Before anything is written: after a crash if that is quick, and always when damage was found before. */
function checkAtOnce(path: string, mark: CheckMark) {
  const reason = mark.get();
  const size = fileSize(path);
  if (!reason || size === 0 || (reason === 'crashed' && size > CHECK_AT_ONCE)) return;
  if (quickCheckFile(path) === null) return mark.remove();
  mark.set('damaged');
  throw new OpenProblem('damaged');
}

function newestBackup(dataDir: string): string | null {
  try {
    return listBackups(join(dataDir, 'backups'))[0] ?? null;
  } catch {
    return null;
  }
}
