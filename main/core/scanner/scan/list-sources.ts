// What a profile reads: objects, entries of the index, files of the work tree.
import { AppError } from '../../../../preload/contract/app-error.ts';
import { type IndexEntry, listIndex, listStaged } from '../git/index-files.ts';
import { listObjects } from '../git/list-objects.ts';
import { type ObjectList, TYPES } from '../git/object-list.ts';
import type { Repository } from '../git/repository.ts';
import { resolveRevision } from '../git/resolve-revision.ts';
import type { ScanRequest } from '../model.ts';
import { describeObjects, listObjectsSince } from './since-objects.ts';

export interface Sources {
  /** `null`: the profile reads no objects. */
  objects: ObjectList | null;
  /** Of the index: all of it, or what is staged. */
  index: IndexEntry[];
  files: boolean;
  /** Object id of the revision that was named. */
  since: string | null;
  /** Named by what was listed, and not there. `null`: not known yet. */
  missing: number | null;
}

const SUBMODULE = 0o160000;
const COMMIT = TYPES.indexOf('commit');

export async function listSources(
  repo: Repository,
  { profile, since: revision, indexFile }: Pick<ScanRequest, 'profile' | 'since' | 'indexFile'>,
  signal: AbortSignal,
): Promise<Sources> {
  const files = profile !== 'staged' && repo.workTree !== null;
  if (profile === 'worktree') return { objects: null, index: [], files, since: null, missing: 0 };
  if (profile === 'staged') {
    const index = await listStaged(repo, { signal, indexFile });
    const described = await describeObjects(repo, oidsOf(index), signal);
    return { ...described, index, files, since: null };
  }
  const since = revision === null ? null : await commitOf(repo, revision, signal);
  if (since === null) {
    const [objects, index] = await Promise.all([listObjects(repo, { signal }), indexOf(repo, signal)]);
    return { objects, index, files, since, missing: null };
  }
  // What is staged belongs to no commit yet, so it comes after all of them.
  const index = repo.workTree === null ? [] : await listStaged(repo, { signal });
  const described = await listObjectsSince(repo, since, oidsOf(index), signal);
  return { ...described, index, files, since };
}

/** Packed ids of all commits in the list. */
export function commitsOf({ length, oidBytes, oids, types }: ObjectList): Uint8Array {
  const indexes: number[] = [];
  for (let index = 0; index < length; index++) if (types[index] === COMMIT) indexes.push(index);
  const packed = new Uint8Array(indexes.length * oidBytes);
  for (const [at, index] of indexes.entries())
    packed.set(oids.subarray(index * oidBytes, (index + 1) * oidBytes), at * oidBytes);
  return packed;
}

async function indexOf(repo: Repository, signal: AbortSignal): Promise<IndexEntry[]> {
  const index = repo.workTree === null ? [] : await listIndex(repo, { signal });
  return index.filter(({ mode }) => mode !== SUBMODULE);
}

async function commitOf(repo: Repository, revision: string, signal: AbortSignal): Promise<string> {
  const oid = await resolveRevision(repo, revision, signal);
  if (oid === null)
    throw new AppError(
      'NOT_FOUND',
      `There is no commit ${revision} in ${repo.path}; check the name, or fetch it first.`,
    );
  return oid;
}

const oidsOf = (index: readonly IndexEntry[]): string[] => [...new Set(index.map(({ oid }) => oid))];
