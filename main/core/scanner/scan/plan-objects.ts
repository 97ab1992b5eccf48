// From everything there is to what must be read: without trees, without what the cache knows, without what is too large,
// and cut into jobs that follow each other in the packs, since git then finds the bases of deltas in its own memory.
import { type ObjectList, oidAt, TYPES } from '../git/object-list.ts';
import { BINARY, HAS_HITS, type ScanCache } from './cache.ts';

export interface ObjectPlan {
  /** Packed ids, one array per job. */
  jobs: Uint8Array[];
  /** Objects and bytes of the jobs. */
  objects: number;
  bytes: number;
  /** What the cache knows already, of which so many look binary. */
  cached: number;
  cachedBytes: number;
  cachedBinary: number;
  /** Ids (hex) of those of them with hits. */
  cachedHits: string[];
  tooBig: number;
  commits: number;
}

export interface PlanOptions {
  maxBlob: number;
  /** Threads that the jobs are for. */
  threads: number;
  /** Contents with hits are read again, since the cache does not hold secrets. */
  reveal: boolean;
}

const TREE = TYPES.indexOf('tree');
const COMMIT = TYPES.indexOf('commit');
/** Jobs per thread: enough that all threads end at about the same time. Each job costs the start of a git. */
const JOBS_PER_THREAD = 4;
const LEAST_JOB_BYTES = 32 << 20;

export function planObjects(list: ObjectList, cache: ScanCache, options: PlanOptions): ObjectPlan {
  const plan: ObjectPlan = {
    jobs: [],
    objects: 0,
    bytes: 0,
    cached: 0,
    cachedBytes: 0,
    cachedBinary: 0,
    cachedHits: [],
    tooBig: 0,
    commits: 0,
  };
  const wanted = new Uint32Array(list.length);
  for (let index = 0; index < list.length; index++) {
    const type = list.types[index];
    if (type === TREE) continue;
    if (type === COMMIT) plan.commits++;
    const size = list.sizes[index] ?? 0;
    if (size > options.maxBlob) {
      plan.tooBig++;
      continue;
    }
    const flags = cache.flagsOf(list.oids, index * list.oidBytes);
    if (flags === -1 || (options.reveal && flags & HAS_HITS)) {
      wanted[plan.objects++] = index;
      plan.bytes += size;
      continue;
    }
    plan.cached++;
    plan.cachedBytes += size;
    if (flags & BINARY) plan.cachedBinary++;
    if (flags & HAS_HITS) plan.cachedHits.push(oidAt(list.oids, list.oidBytes, index));
  }
  plan.jobs = cut(list, wanted.subarray(0, plan.objects), jobBytes(plan.bytes, options.threads));
  return plan;
}

function jobBytes(bytes: number, threads: number): number {
  return Math.max(LEAST_JOB_BYTES, bytes / (threads * JOBS_PER_THREAD));
}

function cut(list: ObjectList, wanted: Uint32Array, most: number): Uint8Array[] {
  const jobs: Uint8Array[] = [];
  let from = 0;
  let bytes = 0;
  for (let at = 0; at < wanted.length; at++) {
    bytes += list.sizes[wanted[at] ?? 0] ?? 0;
    if (bytes < most && at + 1 < wanted.length) continue;
    jobs.push(packed(list, wanted.subarray(from, at + 1)));
    from = at + 1;
    bytes = 0;
  }
  return jobs;
}

function packed({ oids, oidBytes }: ObjectList, indexes: Uint32Array): Uint8Array {
  const ids = new Uint8Array(indexes.length * oidBytes);
  for (const [at, index] of indexes.entries())
    ids.set(oids.subarray(index * oidBytes, (index + 1) * oidBytes), at * oidBytes);
  return ids;
}
