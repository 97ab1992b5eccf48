// A small file beside the database that says: check me before you write. It cannot be a row in the database itself, because
// a damaged one is not written to.
import fs from 'node:fs';

export type CheckReason = 'crashed' | 'damaged';

export interface CheckMark {
  get(): CheckReason | null;
  set(reason: CheckReason): void;
  remove(): void;
}

/** None of the functions throws: on a disk that takes no file the check is only made again. */
export function createCheckMark(path: string): CheckMark {
  const quietly = (act: () => void) => {
    try {
      act();
    } catch {}
  };
  return {
    get() {
      try {
        return fs.readFileSync(path, 'utf8') === 'damaged' ? 'damaged' : 'crashed';
      } catch {
        return null;
      }
    },
    set: (reason) => quietly(() => fs.writeFileSync(path, reason, { mode: 0o600 })),
    remove: () => quietly(() => fs.rmSync(path, { force: true })),
  };
}
