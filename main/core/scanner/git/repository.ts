// Opening a repository: what it is and whose, before anything of it is run or believed.
import { createHash } from 'node:crypto';
import { readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../../../preload/contract/app-error.ts';
import { isOn } from './git-config.ts';
import {
  findGitDirectory,
  type GitDirectory,
  gitDirectoryOf,
  isForeign,
  realFolder,
} from './git-directory.ts';
import { type IndexEntry, listIndex } from './index-files.ts';
import { isSafePath } from './paths.ts';
import { readFact } from './read-fact.ts';
import { resolveRevision } from './resolve-revision.ts';

/** Plain data: it goes to other threads as it is. */
export interface Repository {
  /** The work tree's root, or the bare repository's folder. Absolute, without links. */
  path: string;
  gitDir: string;
  /** Where objects and refs are: not `gitDir` in a linked worktree. */
  commonDir: string;
  workTree: string | null;
  bare: boolean;
  /** History was cut off when it was cloned. */
  shallow: boolean;
  /** Objects were left at the server when it was cloned. */
  partial: boolean;
  objectFormat: 'sha1' | 'sha256';
  /** Bytes of an object id: 20 or 32. */
  oidBytes: 20 | 32;
  /** `ref`: `main`, or `null` when detached. `null`: nothing is committed on it yet. */
  head: { ref: string | null; oid: string } | null;
  /** Object folders of other repositories that this one borrows from. */
  alternates: string[];
  /** Each is a repository of its own and not read with this one. `path`: absolute; `null`: not checked out. */
  submodules: { name: Buffer; path: string | null }[];
  /** Equal for all repositories and worktrees that share one object folder. Hex, 32 characters. */
  storeId: string;
}

/**
 * The repository that `given` is or lies in.
 * @throws AppError PATH_NOT_FOUND, NOT_A_REPOSITORY, FOREIGN_REPOSITORY (unless `trusted`), SCAN_FAILED.
 */
export async function openRepository(
  given: string,
  { trusted = false, signal }: { trusted?: boolean; signal?: AbortSignal } = {},
): Promise<Repository> {
  const folder = realFolder(given);
  if (folder === null)
    throw new AppError('PATH_NOT_FOUND', `There is no folder ${given} that can be read; check the path.`);
  const found = findGitDirectory(folder);
  if (!found)
    throw new AppError(
      'NOT_A_REPOSITORY',
      `Neither ${given} nor a folder above it is a git repository; choose a folder that holds one.`,
    );
  if (!trusted && isForeign(found))
    throw new AppError(
      'FOREIGN_REPOSITORY',
      `The repository ${found.workTree ?? found.gitDir} belongs to another user of this computer; scan it only if you trust them.`,
    );
  return describe(found, signal);
}

async function describe(found: GitDirectory, signal: AbortSignal | undefined): Promise<Repository> {
  const { gitDir, commonDir, workTree, config } = found;
  const objects = path.join(commonDir, 'objects');
  const objectFormat = config.get('extensions.objectformat') === 'sha256' ? 'sha256' : 'sha1';
  const [oid, index] = await Promise.all([
    resolveRevision(found, 'HEAD', signal),
    workTree ? listIndex(found, { signal }) : [],
  ]);
  return {
    path: workTree ?? gitDir,
    gitDir,
    commonDir,
    workTree,
    bare: workTree === null,
    shallow: (readFact(path.join(commonDir, 'shallow')) ?? '') !== '',
    partial: isPartial(config, objects),
    objectFormat,
    oidBytes: objectFormat === 'sha256' ? 32 : 20,
    head: oid === null ? null : { ref: branchOf(gitDir), oid },
    alternates: alternatesOf(objects),
    submodules: workTree ? submodulesOf(workTree, index) : [],
    storeId: storeIdOf(commonDir),
  };
}

/** Names the object folder of a repository; throws when it is not there. */
export const storeIdOf = (commonDir: string): string =>
  createHash('sha256')
    .update(realpathSync(path.join(commonDir, 'objects')))
    .digest('hex')
    .slice(0, 32);

function branchOf(gitDir: string): string | null {
  const [, ref] = /^ref:\s*(\S+)/.exec(readFact(path.join(gitDir, 'HEAD')) ?? '') ?? [];
  // The name that repositories with a ref table leave there.
  if (ref === undefined || ref === 'refs/heads/.invalid') return null;
  return ref.replace(/^refs\/heads\//, '');
}

/** The configuration may say so in an included file; the packs from such a clone carry a mark beside them. */
function isPartial(config: Map<string, string>, objects: string): boolean {
  if (config.has('extensions.partialclone')) return true;
  for (const [name, value] of config) if (/^remote\..*\.promisor$/s.test(name) && isOn(value)) return true;
  try {
    return readdirSync(path.join(objects, 'pack')).some((name) => name.endsWith('.promisor'));
  } catch {
    return false;
  }
}

function alternatesOf(objects: string): string[] {
  return (readFact(path.join(objects, 'info', 'alternates')) ?? '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => path.resolve(objects, line));
}

function submodulesOf(workTree: string, index: readonly IndexEntry[]): Repository['submodules'] {
  return index
    .filter((entry) => entry.mode === 0o160000)
    .map(({ path: name }) => {
      const folder = isSafePath(name) ? path.join(workTree, name.toString()) : null;
      const present = folder !== null && realFolder(folder) === folder && gitDirectoryOf(folder) !== null;
      return { name, path: present ? folder : null };
    });
}
