// From what a person gives (a repository, a folder in one, a folder with some) to repositories, each one once.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { AppError } from '../../../../preload/contract/errors.ts';
import { realFolder } from './browse-folder.ts';
import type { RepoRow, RepoRows } from './repo-rows.ts';
import type { RepositoryFinder } from './repository-finder.ts';

export interface Added {
  added: RepoRow[];
  already: RepoRow[];
  /** There are more below the folder than were looked for. */
  cut: boolean;
}

/** `PATH_NOT_FOUND`; `NOT_A_REPOSITORY` when there is none at, above or below the folder. */
export async function addRepositories(
  given: string,
  deps: {
    rows: RepoRows;
    finder: Pick<RepositoryFinder, 'topOf' | 'below'>;
    now: () => number;
    signal: AbortSignal;
  },
): Promise<Added> {
  const folder = await realFolder(given);
  const top = deps.finder.topOf(folder);
  const { paths, cut } =
    top === null ? await deps.finder.below(folder, deps.signal) : { paths: [top], cut: false };
  if (paths.length === 0)
    throw new AppError(
      'NOT_A_REPOSITORY',
      `There is no git repository in ${folder}. Choose one, or a folder that contains some.`,
    );
  const result: Added = { added: [], already: [], cut };
  for (const at of paths) {
    const known = deps.rows.at(at);
    if (known) {
      result.already.push(known);
      continue;
    }
    const row = { id: randomUUID(), path: at, name: nameOf(at), addedAt: deps.now() };
    deps.rows.insert(row);
    result.added.push({ ...row, trusted: false, store: null, lastScan: null });
  }
  return result;
}

/** The folder's name; of a bare repository without its `.git`. */
function nameOf(at: string): string {
  const name = path.basename(at);
  const bare = name.replace(/\.git$/, '');
  return bare === '' ? path.basename(path.dirname(at)) : bare || at;
}
