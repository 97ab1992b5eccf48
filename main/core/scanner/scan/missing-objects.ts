// Objects that are named but not there. Nothing that lists what is there would tell.
import { streamGit } from '../git/recipe.ts';
import { listRefNames } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import type { Sources } from './list-sources.ts';
import { OidTable } from './oid-table.ts';
import { describeObjects } from './since-objects.ts';

const NEWLINE = 10;
const QUESTION_MARK = 0x3f;

/**
 * Of a partial clone all that was left at the server; else those that refs and the index name, since to walk all trees
 * would take as long as the scan.
 */
export async function countMissing(
  repo: Repository,
  { objects, index, since, missing }: Sources,
  signal: AbortSignal,
): Promise<number> {
  if (objects === null) return 0;
  const refs = since === null && missing !== null ? [] : await listRefNames(repo, [], { signal });
  const tips = [...new Set(refs.map(({ oid }) => oid))];
  // Only what comes after `since` was listed, so the tips are asked for on their own.
  if (missing !== null) return missing + (await describeObjects(repo, tips, signal)).missing;
  if (repo.partial) return countLeftOut(repo, signal);
  const named = new OidTable(repo.oidBytes, index.length + tips.length);
  for (const { oid } of index) named.add(Buffer.from(oid, 'hex'), 0, 0);
  for (const oid of tips) named.add(Buffer.from(oid, 'hex'), 0, 0);
  let present = 0;
  for (let at = 0; at < objects.length; at++)
    if (named.find(objects.oids, at * objects.oidBytes) !== -1) present++;
  // A damaged one is there, and counted as such.
  for (const oid of objects.unreadable) if (named.has(Buffer.from(oid, 'hex'), 0)) present++;
  return named.size - present;
}

async function countLeftOut(repo: Repository, signal: AbortSignal): Promise<number> {
  let missing = 0;
  let atStart = true;
  await streamGit(repo, 'rev-list', ['--objects', '--missing=print', '--all'], { signal }, (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (atStart && chunk[at] === QUESTION_MARK) missing++;
      const end = chunk.indexOf(NEWLINE, at);
      atStart = end !== -1;
      at = atStart ? end + 1 : chunk.length;
    }
  });
  return missing;
}
