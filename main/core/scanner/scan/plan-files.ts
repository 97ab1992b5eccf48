// Which files of the work tree must be read. A file that was read before and has not changed since is known by its
// stamp, like an object by its id: the cache treats both alike.
import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { shownPath } from '../git/paths.ts';
import type { Repository } from '../git/repository.ts';
import { listFiles } from '../git/work-tree.ts';
import { BINARY, HAS_HITS, type ScanCache } from './cache.ts';
import type { FileClass } from './sightings.ts';
import type { FileToRead } from './worker-protocol.ts';

export interface PlannedFile {
  /** Its stamp, in hex, as long as an object's id. */
  id: string;
  /** As people read it. */
  shown: string;
  source: FileClass;
}

export interface FilePlan {
  files: PlannedFile[];
  toRead: FileToRead[][];
  /** Of `toRead`. */
  count: number;
  bytes: number;
  cached: number;
  cachedBytes: number;
  cachedBinary: number;
  cachedHits: string[];
  tooBig: number;
  notFollowed: number;
  unreadable: number;
  /** Repositories inside the work tree that are no submodules. */
  nested: string[];
  cut: boolean;
}

export interface FilePlanOptions {
  maxBlob: number;
  ignored: boolean;
  reveal: boolean;
  signal: AbortSignal;
}

/** A file changed so lately may change again without a new time: drives count in steps of up to two seconds. */
const SETTLED_MS = 2500;
const FILES_PER_JOB = 500;
const BYTES_PER_JOB = 16 << 20;

export async function planFiles(
  repo: Repository,
  cache: ScanCache,
  { maxBlob, ignored, reveal, signal }: FilePlanOptions,
): Promise<FilePlan> {
  const listed = await listFiles(repo, { signal });
  const plan: FilePlan = {
    files: [],
    toRead: [],
    count: 0,
    bytes: 0,
    cached: 0,
    cachedBytes: 0,
    cachedBinary: 0,
    cachedHits: [],
    tooBig: 0,
    notFollowed: listed.notFollowed.length,
    unreadable: listed.unreadable,
    nested: listed.nested.map(shownPath),
    cut: listed.cut,
  };
  const now = Date.now();
  let jobBytes = 0;
  for (const { path, kind, size } of listed.files) {
    if (kind === 'ignored' && !ignored) continue;
    if (size > maxBlob) {
      plan.tooBig++;
      continue;
    }
    const { id, keep } = stampOf(repo, path, now);
    plan.files.push({ id, shown: shownPath(path), source: kind === 'tracked' ? 'worktree' : kind });
    const flags = keep ? cache.flagsOf(Buffer.from(id, 'hex'), 0) : -1;
    if (flags !== -1 && !(reveal && flags & HAS_HITS)) {
      plan.cached++;
      plan.cachedBytes += size;
      if (flags & BINARY) plan.cachedBinary++;
      if (flags & HAS_HITS) plan.cachedHits.push(id);
      continue;
    }
    let job = plan.toRead.at(-1);
    if (!job || job.length >= FILES_PER_JOB || jobBytes + size > BYTES_PER_JOB) {
      job = [];
      plan.toRead.push(job);
      jobBytes = 0;
    }
    job.push({ id, path, keep });
    jobBytes += size;
    plan.count++;
    plan.bytes += size;
  }
  return plan;
}

function stampOf(repo: Repository, path: Buffer, now: number): { id: string; keep: boolean } {
  const hash = createHash('sha256').update(path);
  let keep = false;
  try {
    const stat = lstatSync(Buffer.concat([Buffer.from(`${repo.workTree}/`), path]));
    hash.update(`\0${stat.dev} ${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`);
    keep = Math.max(stat.mtimeMs, stat.ctimeMs) < now - SETTLED_MS;
  } catch {
    // Gone since it was listed: reading it says so.
  }
  return { id: hash.digest('hex').slice(0, repo.oidBytes * 2), keep };
}
