// Finds the git directory of a path as git does, but by reading alone: git itself must not run before it is known whose
// repository it is.
import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { isOn, parseGitConfig } from './git-config.ts';
import { isFolder, readFact } from './read-fact.ts';

export interface GitDirectory {
  gitDir: string;
  /** Where objects and refs are: another one for linked worktrees. */
  commonDir: string;
  /** `null`: bare. */
  workTree: string | null;
  config: Map<string, string>;
}

/** The repository that `folder` is, or lies in; `null`: none. `folder` is absolute and without links. */
export function findGitDirectory(folder: string): GitDirectory | null {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = gitDirectoryOf(at);
    if (found) return found;
    if (path.dirname(at) === at) return null;
  }
}

/** The same without looking further up. */
export function gitDirectoryOf(folder: string): GitDirectory | null {
  const dotGit = path.join(folder, '.git');
  const target = isFolder(dotGit) ? dotGit : linkedFrom(dotGit);
  if (target && looksLikeGit(target)) return described(target, folder, target === dotGit);
  if (!looksLikeGit(folder)) return null;
  // Somebody named the `.git` folder itself.
  if (path.basename(folder) === '.git') return described(folder, path.dirname(folder), true);
  return described(folder, null, true);
}

function described(gitDir: string, workTree: string | null, plain: boolean): GitDirectory {
  const commonDir = commonOf(gitDir);
  const config = parseGitConfig(readFact(path.join(commonDir, 'config')) ?? '');
  // A linked worktree of a bare repository has a work tree all the same.
  const bare = plain && isOn(config.get('core.bare'));
  return { gitDir, commonDir, workTree: bare ? null : workTree, config };
}

/** `.git` as a file: linked worktrees and submodules. */
function linkedFrom(file: string): string | null {
  const [, target] = /^gitdir: (.+?)\r?\n?$/s.exec(readFact(file) ?? '') ?? [];
  return target === undefined ? null : path.resolve(path.dirname(file), target);
}

function commonOf(gitDir: string): string {
  const common = readFact(path.join(gitDir, 'commondir'))?.trim();
  return common ? path.resolve(gitDir, common) : gitDir;
}

function looksLikeGit(folder: string): boolean {
  const common = commonOf(folder);
  return (
    readFact(path.join(folder, 'HEAD')) !== null &&
    isFolder(path.join(common, 'objects')) &&
    isFolder(path.join(common, 'refs'))
  );
}

/** Is a part of it owned by somebody else? Then its configuration may be theirs. Where owners are unknown: no. */
export function isForeign(
  { gitDir, commonDir, workTree }: GitDirectory,
  user = process.geteuid?.(),
): boolean {
  if (user === undefined) return false;
  const parts = [gitDir, commonDir, path.join(commonDir, 'config'), path.join(commonDir, 'objects')];
  if (workTree) parts.push(workTree, path.join(workTree, '.git'));
  return parts.some((part) => ownersOf(part).some((owner) => owner !== user));
}

/** Of a link both its own and its target's. */
function ownersOf(part: string): number[] {
  const stats: (Stats | undefined)[] = [lstatSync, statSync].map((look) => {
    try {
      return look(part, { throwIfNoEntry: false });
    } catch {
      return undefined;
    }
  });
  return stats.flatMap((stat) => (stat ? [stat.uid] : []));
}

/** Absolute and without links; `null` when it is not there or cannot be reached. */
export function realFolder(given: string): string | null {
  try {
    const real = realpathSync(given);
    return statSync(real).isDirectory() ? real : path.dirname(real);
  } catch {
    return null;
  }
}
