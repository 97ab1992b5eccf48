// Small files of a git directory, read with suspicion: any of them may be a pipe, a device or of any size.
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';

const MAX_BYTES = 1 << 20;

/** Text of a regular file, at most 1 MB of it; `null` when there is none. Links are followed: git's own files may be some. */
export function readFact(file: string): string | null {
  let fd: number;
  try {
    // Before opening: to open a device may do something.
    if (!statSync(file).isFile()) return null;
    fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return null;
  }
  try {
    const { size } = fstatSync(fd);
    const bytes = Buffer.alloc(Math.min(size, MAX_BYTES));
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(fd, bytes, length, bytes.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.toString('utf8', 0, length);
  } catch {
    return null;
  } finally {
    closeSync(fd);
  }
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
