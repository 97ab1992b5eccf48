// Support for the tests of this folder: throw-away data folders, and what is in their files.
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../../main/core/clock.ts';

/** An empty folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(join(os.tmpdir(), 'keybench-test-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const stillClock: Clock = { now: () => 1_790_000_000_000, mono: () => 0 };

/** Every file under `folder` with its bytes. */
export function allFiles(folder: string): { path: string; bytes: Buffer }[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, bytes: fs.readFileSync(path) }));
}

export const filesWith = (folder: string, text: string): string[] =>
  allFiles(folder)
    .filter(({ bytes }) => bytes.includes(text))
    .map(({ path }) => path);

export const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
