// Jobs → batches, in threads of their own, or here when there is too little to start a thread for.
import { cpus } from 'node:os';
import { runInWorkers } from './blob-pool.ts';
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
  if (jobs.length === 0) return;
  if (bytes > NOT_WORTH_A_THREAD)
    return runInWorkers(jobs, { entry: blobWorker, setup, threads, onBatch, signal });
  const runner = createJobRunner(setup, onBatch);
  for (const job of jobs) await runner.run(job, signal);
}
