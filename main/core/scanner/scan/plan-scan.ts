// What there is, what of it is known, and what must be read: all of it before the first byte is, so that progress is exact.
import type { IndexEntry } from '../git/index-files.ts';
import { type ObjectList, TYPES } from '../git/object-list.ts';
import { shownPath } from '../git/paths.ts';
import { commitsOf, listSources } from './list-sources.ts';
import { countMissing } from './missing-objects.ts';
import { OidTable } from './oid-table.ts';
import { type FilePlan, planFiles } from './plan-files.ts';
import { planObjects } from './plan-objects.ts';
import { threadsFor } from './read-contents.ts';
import type { Scan } from './run-scan.ts';
import type { Job } from './worker-protocol.ts';

export interface ScanPlan {
  jobs: Job[];
  objectsToRead: number;
  bytesToRead: number;
  objectsCached: number;
  bytesCached: number;
  /** Ids of known contents with hits. */
  cachedHits: string[];
  /** Of the index: all of it, or what is staged. */
  index: IndexEntry[];
  files: FilePlan | null;
  since: string | null;
  /** Packed. */
  commits: Uint8Array;
  submodules: string[];
  /** There is nothing at all to scan. */
  empty: boolean;
  /** Contents of the profile, and their ids; for the cache, which forgets what is gone. */
  contents: number;
  alive: () => OidTable;
}

/** Counts what is known already as it goes. */
export async function planScan({
  repo,
  request,
  cache,
  collector,
  progress,
  ports,
}: Scan): Promise<ScanPlan> {
  const { signal } = ports;
  const { maxBlob, reveal } = request;
  progress.phase('list');
  const sources = await listSources(repo, request, signal);
  const list = sources.objects;
  const files = sources.files
    ? await planFiles(repo, cache, { maxBlob, reveal, ignored: request.ignored ?? true, signal })
    : null;
  const objects = planObjects(list ?? NO_OBJECTS, cache, {
    maxBlob,
    reveal,
    threads: threadsFor(request.jobs),
  });
  for (const plan of [objects, files ?? NOTHING])
    collector.count({ cached: plan.cached, binary: plan.cachedBinary, tooBig: plan.tooBig });
  const missing = await countMissing(repo, sources, signal);
  collector.count({
    commits: request.profile === 'history' ? objects.commits : 0,
    unreadable: (list?.unreadable.length ?? 0) + (files?.unreadable ?? 0),
    missing,
    files: files?.cached ?? 0,
    notFollowed: files?.notFollowed ?? 0,
  });
  const whole = request.profile === 'history' && sources.since === null;
  return {
    jobs: [
      // What people can still prevent comes first.
      ...(files?.toRead ?? []).map((some): Job => ({ k: 'files', files: some })),
      ...objects.jobs.map((ids): Job => ({ k: 'objects', ids })),
    ],
    objectsToRead: objects.objects + (files?.count ?? 0),
    bytesToRead: objects.bytes + (files?.bytes ?? 0),
    objectsCached: objects.cached + (files?.cached ?? 0),
    bytesCached: objects.cachedBytes + (files?.cachedBytes ?? 0),
    cachedHits: [...objects.cachedHits, ...(files?.cachedHits ?? [])],
    index: sources.index,
    files,
    since: sources.since,
    commits: list ? commitsOf(list) : new Uint8Array(0),
    submodules: [...repo.submodules.map(({ name }) => shownPath(name)), ...(files?.nested ?? [])],
    // Refs that name nothing which is there: all is lost, or lies in a repository that is gone.
    empty:
      isEmpty(list, files) && missing === 0 && (request.profile !== 'staged' || sources.index.length === 0),
    contents: whole ? (list?.length ?? 0) + (files?.files.length ?? 0) : Number.POSITIVE_INFINITY,
    alive: () => aliveIn(repo.oidBytes, list, files),
  };
}

const NOTHING = { cached: 0, cachedBinary: 0, tooBig: 0 };
const NO_OBJECTS: ObjectList = {
  length: 0,
  oidBytes: 20,
  oids: new Uint8Array(new SharedArrayBuffer(0)),
  types: new Uint8Array(new SharedArrayBuffer(0)),
  sizes: new Float64Array(new SharedArrayBuffer(0)),
  unreadable: [],
};
const TREE = TYPES.indexOf('tree');

/** A tree alone holds nothing. */
function isEmpty(list: ObjectList | null, files: FilePlan | null): boolean {
  const contents = list?.types.some((type) => type !== TREE) || (list?.unreadable.length ?? 0) > 0;
  if (files === null) return !contents;
  const { tooBig, notFollowed, unreadable } = files;
  return !contents && files.files.length + tooBig + notFollowed + unreadable === 0;
}

function aliveIn(oidBytes: number, list: ObjectList | null, files: FilePlan | null): OidTable {
  const table = new OidTable(oidBytes, (list?.length ?? 0) + (files?.files.length ?? 0));
  if (list)
    for (let index = 0; index < list.length; index++)
      if (list.types[index] !== TREE) table.add(list.oids, index * oidBytes, 0);
  for (const { id } of files?.files ?? []) table.add(Buffer.from(id, 'hex'), 0, 0);
  return table;
}
