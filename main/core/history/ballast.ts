// A file that only takes up room. When the disk is full it is given back, so that the answers in flight still fit.
import { randomFillSync } from 'node:crypto';
import fs from 'node:fs';
import { dirname } from 'node:path';
import { freeBytes } from './private-files.ts';

export interface BallastSize {
  bytes: number;
  /** Made only when more than this is free. */
  minFree: number;
}

export const BALLAST: BallastSize = { bytes: 8 * 1024 * 1024, minFree: 64 * 1024 * 1024 };

export interface Ballast {
  /** True when the whole file is there afterwards. Never throws. */
  fill(): boolean;
  /** True when there was something to give back. */
  release(): boolean;
}

export function createBallast(path: string, size: BallastSize): Ballast {
  const present = () => fs.lstatSync(path, { throwIfNoEntry: false })?.size === size.bytes;
  return {
    fill() {
      if (present()) return true;
      const part = `${path}.part`;
      try {
        if (freeBytes(dirname(path)) <= size.minFree) return false;
        // Random, because a file system that compresses would store zeros in nothing.
        fs.writeFileSync(part, randomFillSync(new Uint8Array(size.bytes)), { mode: 0o600 });
        fs.renameSync(part, path);
        return true;
      } catch {
        fs.rmSync(part, { force: true });
        return false;
      }
    },
    release() {
      if (!fs.existsSync(path)) return false;
      fs.rmSync(path, { force: true });
      return true;
    },
  };
}
