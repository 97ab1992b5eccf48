// Repositories below a folder. Bounded in depth, count and time, follows no link, and runs nothing.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { gitDirectoryOf } from './git-directory.ts';

export interface FindLimits {
  signal?: AbortSignal | undefined;
  /** Folders below the given one. */
  maxDepth?: number;
  maxRepositories?: number;
  maxFolders?: number;
  maxMs?: number;
}

/** Hold installed packages and git's own data: nothing that somebody would add. */
const PASSED_BY = new Set(['node_modules', '.git']);

/**
 * Work trees and bare repositories in and below `folder`, nearest first; repositories inside of repositories too.
 * `cut`: a limit was reached, there may be more.
 * @throws the signal's reason.
 */
export async function findRepositories(
  folder: string,
  { signal, maxDepth = 8, maxRepositories = 500, maxFolders = 100_000, maxMs = 15_000 }: FindLimits = {},
): Promise<{ paths: string[]; cut: boolean }> {
  const paths: string[] = [];
  const until = performance.now() + maxMs;
  let cut = false;
  let level = [path.resolve(folder)];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth++) {
    const below: string[] = [];
    for (const at of level) {
      signal?.throwIfAborted();
      if (++seen > maxFolders || performance.now() > until) return { paths, cut: true };
      const found = gitDirectoryOf(at);
      if (found) {
        if (paths.length === maxRepositories) return { paths, cut: true };
        paths.push(at);
        // Inside are objects, refs and hooks.
        if (found.workTree === null && found.gitDir === at) continue;
      }
      for (const name of await foldersIn(at)) below.push(path.join(at, name));
    }
    if (depth === maxDepth && below.length > 0) {
      cut = true;
      break;
    }
    level = below;
  }
  return { paths, cut };
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    // A link to a folder is not one here.
    return entries
      .filter((entry) => entry.isDirectory() && !PASSED_BY.has(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch {
    // Not ours to read.
    return [];
  }
}
