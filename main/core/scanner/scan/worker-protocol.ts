// What the scan thread and its blob workers say to each other.
import type { Repository } from '../git/repository.ts';
import type { KnownKey, RuleChoice } from '../model.ts';
import type { ContentHits } from './hit.ts';

/** Everything a worker needs to read and to match, once. */
export interface WorkerSetup {
  repo: Repository;
  rules: RuleChoice;
  knownKeys: readonly KnownKey[];
  pepper: string | null;
  reveal: boolean;
  maxBlob: number;
}

/** A file of the work tree: where, and under which made-up id its hits are told and kept. */
export interface FileToRead {
  path: Uint8Array;
  /** Hex, as long as the repository's object ids. */
  id: string;
  /** False: it may change without a new id. */
  keep: boolean;
}

export type Job =
  /** Packed ids, in the order to read them. */
  { k: 'objects'; ids: Uint8Array } | { k: 'files'; files: readonly FileToRead[] };

export type ToWorker = { k: 'job'; job: Job } | { k: 'stop' };

/** Counts since the last batch. */
export interface BatchCounts {
  scanned: number;
  scannedBytes: number;
  binary: number;
  missing: number;
  unreadable: number;
  timedOut: number;
  tooBig: number;
  notFollowed: number;
  /** Files among `scanned`. */
  files: number;
  /** Objects, or files, that are settled in one way or another, and the bytes of them as listed. */
  settled: number;
  bytes: number;
}

export interface Batch {
  /** Packed ids of contents that were read and matched to the end, with their flags. */
  ids: Uint8Array<ArrayBuffer>;
  flags: Uint8Array<ArrayBuffer>;
  found: ContentHits[];
  counts: BatchCounts;
}

export type FromWorker =
  | { k: 'batch'; batch: Batch }
  | { k: 'idle' }
  | { k: 'failed'; code: string; message: string };
