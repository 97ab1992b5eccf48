// The folders of this machine, for a window that has no folder dialog of the system.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AppError } from '../../../../preload/contract/errors.ts';
import type { Folder } from '../../../../preload/contract/scanner.ts';

const MAX_ENTRIES = 1000;

/** The folders in `given`, by name, hidden ones last; `null`: the user's home. `PATH_NOT_FOUND`. */
export async function browseFolder(given: string | null): Promise<Folder> {
  const folder = await realFolder(given ?? os.homedir());
  const found = await fs.readdir(folder, { withFileTypes: true }).catch(() => {
    throw new AppError('PATH_NOT_FOUND', `The folder ${folder} cannot be read. Choose another one.`);
  });
  const named = found
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .filter((name) => name !== '.git')
    .sort(byName);
  const checked = await Promise.all(
    named.slice(0, MAX_ENTRIES).map(async (name) => {
      const at = path.join(folder, name);
      if (!(await isFolder(at))) return [];
      return [{ name, path: at, repository: await looksLikeRepository(at) }];
    }),
  );
  const parent = path.dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    entries: checked.flat(),
    cut: named.length > MAX_ENTRIES,
  };
}

/** Absolute and without links; `~` is the user's home. `PATH_NOT_FOUND` when there is no such folder. */
export async function realFolder(given: string): Promise<string> {
  const at = expandHome(given);
  if (!path.isAbsolute(at))
    throw new AppError(
      'PATH_NOT_FOUND',
      `"${given}" is not a whole path. Give one from the root, or from ~.`,
    );
  try {
    const real = await fs.realpath(at);
    if ((await fs.stat(real)).isDirectory()) return real;
  } catch {
    throw new AppError('PATH_NOT_FOUND', `There is no folder ${at}, or it cannot be read. Check the path.`);
  }
  throw new AppError('PATH_NOT_FOUND', `${at} is a file. Give the folder of the repository.`);
}

/** A `.git` in it, or the three things every bare repository has. Cheap; git itself has the last word. */
async function looksLikeRepository(folder: string): Promise<boolean> {
  const has = (name: string) =>
    fs.lstat(path.join(folder, name)).then(
      () => true,
      () => false,
    );
  if (await has('.git')) return true;
  return (await has('HEAD')) && (await has('objects')) && (await has('refs'));
}

const expandHome = (given: string) => {
  const text = given.trim();
  return text === '~' || /^~[/\\]/.test(text) ? path.join(os.homedir(), text.slice(1)) : text;
};

const isFolder = (at: string) =>
  fs.stat(at).then(
    (stat) => stat.isDirectory(),
    () => false,
  );

const hidden = (name: string) => (name.startsWith('.') ? 1 : 0);
const byName = (a: string, b: string) => hidden(a) - hidden(b) || a.localeCompare(b, 'en', { numeric: true });
