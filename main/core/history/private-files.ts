// The data folder and its files are the user's alone: 0700 and 0600, no symbolic link followed at the last step.
// Measured: SQLite makes its files 0644 under the usual umask; -wal and -shm take over the mode of the main file.
import fs from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const { O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_RDONLY, O_RDWR } = fs.constants;
const STICKY = 0o1000;

export class FolderProblem extends Error {
  readonly remedy: string;
  constructor(problem: string, remedy: string) {
    super(problem);
    this.remedy = remedy;
  }
}

/** Everything this process creates from now on is private. The umask belongs to the process: a worker may not set it. */
export function privateByDefault(): void {
  if (isMainThread && process.platform !== 'win32') process.umask(0o077);
}

/** Makes the folder, or takes the rights of others from an existing one. Throws `FolderProblem`, or the system's error. */
export function privateFolder(path: string): void {
  fs.mkdirSync(path, { recursive: true, mode: 0o700 });
  const stat = fs.statSync(path);
  if (process.platform === 'win32') return;
  if (stat.mode & STICKY)
    throw new FolderProblem(
      `The folder ${path} is shared by all users of this machine.`,
      'Choose a folder of its own for Keybench.',
    );
  if (stat.uid !== process.geteuid?.())
    throw new FolderProblem(
      `The folder ${path} belongs to another user.`,
      'Choose a folder of your own, or change its owner.',
    );
  // Rights are only taken away: a folder that its owner made read-only stays so.
  if (stat.mode & 0o077) fs.chmodSync(path, stat.mode & 0o700);
}

/**
 * Makes an empty private file where none is, or takes the rights of others from it. Refuses anything but a plain file. An
 * existing file is never opened: closing a second descriptor of a database drops all locks that this process has on it.
 * https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
 */
export function privateFile(path: string, create: boolean): void {
  const link = fs.lstatSync(path, { throwIfNoEntry: false });
  if (!link) {
    if (create) fs.closeSync(fs.openSync(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600));
    return;
  }
  if (!link.isFile())
    throw new FolderProblem(
      `${path} is ${link.isSymbolicLink() ? 'a symbolic link' : 'not a file'}, which Keybench does not follow.`,
      'Move it away, or choose another data folder.',
    );
  if (process.platform === 'win32') return;
  // By its path: nobody else can change what is in the folder, which is private already.
  if (link.mode & 0o077 && link.uid === process.geteuid?.()) fs.chmodSync(path, link.mode & 0o600);
}

/** Makes a rename or a new file in `folder` survive a power cut. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = fs.openSync(folder, O_RDONLY);
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Bytes an ordinary user can still write on the disk of `path`. */
export function freeBytes(path: string): number {
  const stat = fs.statfsSync(path);
  return stat.bavail * stat.bsize;
}
