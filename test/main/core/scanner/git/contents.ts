// What the tests of the git layer ask of a repository again and again.

import { listObjects } from '../../../../../main/core/scanner/git/list-objects.ts';
import { oidAt, packOids, TYPES } from '../../../../../main/core/scanner/git/object-list.ts';
import { type ReadHandlers, readObjects } from '../../../../../main/core/scanner/git/read-objects.ts';
import { openRepository, type Repository } from '../../../../../main/core/scanner/git/repository.ts';
import type { GitRepo } from '../../../../support/git-repo.ts';

export const open = (made: GitRepo) => openRepository(made.path);

/** Type and size by id. */
export async function listed(repo: Repository): Promise<Map<string, { type: string; size: number }>> {
  const { oids, oidBytes, length, types, sizes } = await listObjects(repo);
  const all = new Map<string, { type: string; size: number }>();
  for (let index = 0; index < length; index++)
    all.set(oidAt(oids, oidBytes, index), { type: TYPES[types[index]!]!, size: sizes[index]! });
  return all;
}

export interface ReadResult {
  contents: Map<string, Buffer>;
  types: Map<string, string>;
  missing: string[];
  unreadable: string[];
  tooBig: string[];
}

export async function read(
  repo: Repository,
  oids: Iterable<string>,
  options: Partial<ReadHandlers> = {},
): Promise<ReadResult> {
  const result: ReadResult = {
    contents: new Map(),
    types: new Map(),
    missing: [],
    unreadable: [],
    tooBig: [],
  };
  await readObjects(repo, packOids([...oids], repo.oidBytes), {
    onObject(oid, type, content) {
      result.contents.set(oid, Buffer.from(content));
      result.types.set(oid, type);
    },
    onMissing: (oid) => void result.missing.push(oid),
    onUnreadable: (oid) => void result.unreadable.push(oid),
    onTooBig: (oid) => void result.tooBig.push(oid),
    ...options,
  });
  return result;
}

/** Texts of all blobs there are. */
export async function blobTexts(repo: Repository): Promise<string[]> {
  const blobs = [...(await listed(repo))].filter(([, { type }]) => type === 'blob').map(([oid]) => oid);
  return [...(await read(repo, blobs)).contents.values()].map((content) => content.toString('latin1')).sort();
}
