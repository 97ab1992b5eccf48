// Where repositories are, told by reading alone: nothing of a repository is run because somebody named its folder.

import { findGitDirectory, gitDirectoryOf, isForeign } from '../git/git-directory.ts';
import { storeIdOf } from '../git/repository.ts';

export interface RepositoryFinder {
  /** The top folder of the repository that `folder` is or lies in; `null`: none does. */
  topOf(folder: string): string | null;
  below(folder: string, signal: AbortSignal): Promise<{ paths: string[]; cut: boolean }>;
  /** Does it belong to another user of the machine? `null`: it is not there any more. */
  isForeign(top: string): boolean | null;
  /** Names its object folder; `null`: it is not there. */
  storeOf(top: string): string | null;
}

export function createRepositoryFinder(
  below: (folder: string, options: { signal: AbortSignal }) => Promise<{ paths: string[]; cut: boolean }>,
): RepositoryFinder {
  return {
    topOf(folder) {
      const found = findGitDirectory(folder);
      return found && (found.workTree ?? found.gitDir);
    },
    below: (folder, signal) => below(folder, { signal }),
    isForeign(top) {
      const found = gitDirectoryOf(top);
      return found && isForeign(found);
    },
    storeOf(top) {
      const found = gitDirectoryOf(top);
      return found && storeIdOf(found.commonDir);
    },
  };
}
