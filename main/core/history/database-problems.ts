// What can be wrong with the database, each as one sentence and one remedy. Nothing here changes a file.
import type { DatabaseStatus } from '../../../preload/contract/app.ts';
import { FolderProblem } from './private-files.ts';
import { failureOf } from './sqlite-error.ts';

export type Problem = Omit<DatabaseStatus, 'path'>;

/** Thrown while opening, for what SQLite itself has no code for. */
export class OpenProblem extends Error {
  readonly kind: 'newer' | 'foreign' | 'no-wal' | 'damaged';
  constructor(kind: OpenProblem['kind']) {
    super(kind);
    this.kind = kind;
  }
}

export const OK: Problem = { state: 'ok', problem: '', remedy: '' };

const NOT_KEPT = 'Until then Keybench works, but keeps nothing after it is closed.';

/** Why `path` could not be opened for writing; the app goes on in memory. */
export function memoryProblem(
  error: unknown,
  path: string,
  diskFull: boolean,
  backup: string | null,
): Problem {
  const say = (problem: string, remedy: string): Problem => ({
    state: 'memory',
    problem,
    remedy: `${remedy} ${NOT_KEPT}`,
  });
  const elsewhere = 'or choose another data folder';
  if (error instanceof FolderProblem) return say(error.message, error.remedy);
  if (error instanceof OpenProblem && error.kind === 'newer')
    return say(
      `The database ${path} was written by a newer version of Keybench and was left as it is.`,
      'Install the newer version again.',
    );
  if (error instanceof OpenProblem && error.kind === 'foreign')
    return say(
      `The file ${path} is the database of another program and was left as it is.`,
      `Move it away ${elsewhere}, then start Keybench again.`,
    );
  if (isDamage(error))
    return say(
      `The database ${path} is damaged and was left as it is.`,
      `Move it away, then start Keybench again.${backup ? ` The newest backup is ${backup}.` : ''}`,
    );
  if (error instanceof OpenProblem)
    return say(
      `The disk of ${path} does not support the safe way of writing that Keybench needs.`,
      'Choose a data folder on a local disk.',
    );
  if (['ENOTDIR', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? ''))
    return say(
      `The data folder of ${path} cannot be made, because a file has its name.`,
      `Move that file away ${elsewhere}, then start Keybench again.`,
    );
  if (diskFull)
    return say(
      `The disk of ${path} is full, so the database could not be opened.`,
      'Free at least 64 MB, then start Keybench again.',
    );
  switch (failureOf(error)) {
    case 'not-a-database':
      return say(
        `The file ${path} is not a database (or its beginning is damaged) and was left as it is.`,
        `Move it away, then start Keybench again.${backup ? ` The newest backup is ${backup}.` : ''}`,
      );
    case 'read-only':
      return say(
        `Keybench may not write to ${path}.`,
        `Allow your user to write there, ${elsewhere}, then start Keybench again.`,
      );
    case 'cannot-open':
      return say(
        `The database ${path} could not be opened, most likely because your user may not read it.`,
        `Allow your user to read and write it, ${elsewhere}, then start Keybench again.`,
      );
    case 'busy':
      return say(`Another process has locked the database ${path}.`, 'Close it, then start Keybench again.');
    default:
      return say(
        `The database ${path} could not be opened (${systemReason(error)}).`,
        `Check the disk and the folder ${elsewhere}, then start Keybench again.`,
      );
  }
}

/** The file can be read but not written, through no fault of its content. */
export const readOnlyProblem = (path: string, diskFull: boolean): Problem => ({
  state: 'read-only',
  problem: diskFull
    ? `The disk of ${path} is full, so the database can only be read and nothing new is kept.`
    : `The database ${path} can be read but not written, so nothing new is kept.`,
  remedy: diskFull
    ? 'Free at least 64 MB on it, then start Keybench again.'
    : 'Allow your user to write the file and its folder, then start Keybench again.',
});

/** The content is damaged: it is only read from now on. */
export const damagedProblem = (path: string, backup: string | null): Problem => ({
  state: 'read-only',
  problem: `The database ${path} is damaged; Keybench only reads it now and changes nothing in it.`,
  remedy: `Close Keybench and run "keybench doctor --salvage": it puts all that can be read into a new database and keeps the damaged one.${
    backup ? ` The newest backup is ${backup}.` : ''
  }`,
});

/** Found by the check, or by SQLite while it opened the file. */
export const isDamage = (error: unknown): boolean =>
  (error instanceof OpenProblem && error.kind === 'damaged') || failureOf(error) === 'damaged';

/** `reserve`: the ballast was given back and its room is in use. */
export const fullProblem = (path: string, reserve: boolean): Problem => ({
  state: 'full',
  problem: reserve
    ? `The disk of ${path} is full; Keybench is using its reserve of 8 MB.`
    : `The disk of ${path} is full, so nothing new can be saved.`,
  remedy: 'Free at least 64 MB on it; Keybench goes on by itself then.',
});

/** The system's own code or SQLite's short text; both are free of values. */
function systemReason(error: unknown): string {
  const { errstr, code } = (error ?? {}) as { errstr?: unknown; code?: unknown };
  if (typeof errstr === 'string') return errstr;
  return typeof code === 'string' ? code : 'unknown reason';
}
