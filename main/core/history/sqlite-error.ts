// What SQLite's result codes mean to people. Codes: https://www.sqlite.org/rescode.html
import { AppError } from '../../../preload/contract/errors.ts';

const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

export type Failure =
  | 'full'
  | 'read-only'
  | 'damaged'
  | 'not-a-database'
  | 'busy'
  | 'cannot-open'
  | 'unreachable'
  | 'other';

/** The primary result code of an error thrown by `node:sqlite`, or `null` for any other error. */
function resultCode(error: unknown): number | null {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : null;
}

export function failureOf(error: unknown): Failure {
  const system = (error as { code?: unknown } | null)?.code;
  if (system === 'ENOSPC' || system === 'EDQUOT') return 'full';
  if (system === 'EACCES' || system === 'EPERM' || system === 'EROFS') return 'read-only';
  switch (resultCode(error)) {
    case FULL:
      return 'full';
    case READONLY:
      return 'read-only';
    case CORRUPT:
      return 'damaged';
    case NOTADB:
      return 'not-a-database';
    case BUSY:
    case LOCKED:
      return 'busy';
    case CANTOPEN:
      return 'cannot-open';
    case IOERR:
      return 'unreachable';
    default:
      return 'other';
  }
}

/** The error that crosses the bridge for a failed read or write. Anything that is not SQLite's is returned as it is. */
export function toAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  switch (failureOf(error)) {
    case 'full':
      return new AppError(
        'DISK_FULL',
        'The disk is full, so nothing was saved. Free some space and try again.',
      );
    case 'read-only':
      return new AppError(
        'DATABASE_READ_ONLY',
        "Keybench's database cannot be written, so nothing was saved. Settings say why and what to do.",
      );
    case 'damaged':
    case 'not-a-database':
      return new AppError(
        'DATABASE_UNAVAILABLE',
        "Keybench's database is damaged. It is left as it is; start Keybench again to save what can be read.",
      );
    case 'busy':
      return new AppError(
        'DATABASE_UNAVAILABLE',
        'Another Keybench process has held the database for more than 5 seconds. Close it or try again.',
      );
    case 'cannot-open':
    case 'unreachable':
      return new AppError(
        'DATABASE_UNAVAILABLE',
        "Keybench's database cannot be reached. Check the disk it is on, then start Keybench again.",
      );
    default:
      return error;
  }
}
