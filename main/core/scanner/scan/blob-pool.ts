// The blob workers of one scan: they take jobs as they become free, and end together.
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../preload/contract/app-error.ts';
import { toFailure, UNEXPECTED } from './failure.ts';
import type { Batch, FromWorker, Job, ToWorker, WorkerSetup } from './worker-protocol.ts';

export interface BlobPoolOptions {
  entry: string | URL;
  setup: WorkerSetup;
  threads: number;
  onBatch: (batch: Batch) => void;
  signal: AbortSignal;
}

/** Of one worker's JavaScript heap; contents and tables lie outside of it. */
const HEAP_MB = 256;

/**
 * Runs all jobs. Resolves when they are done and the workers gone; rejects with an AppError when one fails, or with the
 * signal's reason, and the workers are gone then as well.
 */
export async function runInWorkers(jobs: readonly Job[], options: BlobPoolOptions): Promise<void> {
  const { entry, setup, onBatch, signal } = options;
  signal.throwIfAborted();
  const waiting = [...jobs].reverse();
  const workers: Worker[] = [];
  const ends: Promise<void>[] = [];
  const tell = (worker: Worker, message: ToWorker) => worker.postMessage(message);
  const stopAll = () => {
    for (const worker of workers) tell(worker, { k: 'stop' });
  };

  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(entry, {
        workerData: setup,
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      });
      workers.push(worker);
      ends.push(new Promise((gone) => worker.once('exit', () => gone())));
      let over = false;
      const next = () => {
        const job = waiting.pop();
        over = job === undefined;
        tell(worker, job ? { k: 'job', job } : { k: 'stop' });
      };
      worker.on('message', (message: FromWorker) => {
        if (message.k === 'batch') onBatch(message.batch);
        else if (message.k === 'idle') next();
        else reject(toAppError(message));
      });
      worker.on('error', (error) => reject(toAppError(toFailure(error))));
      worker.once('exit', () => {
        if (over) resolve();
        else reject(signal.aborted ? signal.reason : toAppError(UNEXPECTED));
      });
      next();
    });

  signal.addEventListener('abort', stopAll, { once: true });
  try {
    await Promise.all(Array.from({ length: Math.min(options.threads, jobs.length) }, work));
  } finally {
    stopAll();
    await Promise.all(ends);
    signal.removeEventListener('abort', stopAll);
  }
  signal.throwIfAborted();
}

const toAppError = ({ code, message }: { code: string; message: string }) =>
  new AppError(code as AppError['code'], message);
