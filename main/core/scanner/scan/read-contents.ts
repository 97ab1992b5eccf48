// Jobs → batches, in threads of their own, or here when there is too little to start a thread for.
import { cpus } from 'node:os';
import { runInWorkers, type TakeJob } from './blob-pool.ts';
import { createJobRunner } from './run-job.ts';
import type { Batch, Job, WorkerSetup } from './worker-protocol.ts';

export interface ReadOptions {
  setup: WorkerSetup;
  blobWorker: string | URL;
  threads: number;
  onBatch: (batch: Batch) => void;
  signal: AbortSignal;
}

/** Bytes that are matched before a thread has started: a commit hook must be done in 0.3 s. */
const NOT_WORTH_A_THREAD = 4 << 20;
const MOST_THREADS = 4;

/** `jobs`: what the request asks for. */
export function threadsFor(jobs: number | null): number {
  return Math.max(1, Math.min(jobs ?? MOST_THREADS, jobs ?? cpus().length, 64));
}

/** Rejects with an AppError or the signal's reason; no thread is left then. */
export async function readContents(jobs: readonly Job[], bytes: number, options: ReadOptions): Promise<void> {
  const { setup, blobWorker, threads, onBatch, signal } = options;
  const waiting = [...jobs].reverse();
  const take = () => waiting.pop();
  const others = bytes > NOT_WORTH_A_THREAD ? Math.min(threads, jobs.length) - 1 : 0;
  // The thread of the scan reads as well: one thread less to start.
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  const here = readHere(take, setup, onBatch, until);
  const there =
    others > 0
      ? runInWorkers(take, { entry: blobWorker, setup, threads: others, onBatch, signal: until })
      : Promise.resolve();
  try {
    await Promise.all([here, there]);
  } finally {
    // One has failed: the other must not go on.
    ended.abort();
    await Promise.allSettled([here, there]);
  }
}

async function readHere(
  take: TakeJob,
  setup: WorkerSetup,
  onBatch: (batch: Batch) => void,
  signal: AbortSignal,
): Promise<void> {
  const first = take();
  if (!first) return;
  const runner = createJobRunner(setup, onBatch);
  for (let job: Job | undefined = first; job; job = take()) await runner.run(job, signal);
}
