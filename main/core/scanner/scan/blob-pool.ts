// The blob workers of one scan: they take jobs as they become free, and end together.
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../preload/contract/app-error.ts';
import { toFailure, UNEXPECTED } from './failure.ts';
import type { Batch, FromWorker, Job, ToWorker, WorkerSetup } from './worker-protocol.ts';

/** Gives the next job, and `undefined` when there is none left. Whoever is free takes it. */
export type TakeJob = () => Job | undefined;

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
 * Small: what is read from git are short-lived buffers of 64 KB outside of the heap. Collected often they take 40 MB
 * less per thread, and a sixth of the time (measured: express, 217 MB).
 */
const YOUNG_MB = 4;

/**
 * Runs jobs until there is none left. Resolves when they are done and the workers gone; rejects with an AppError when one fails, or with the
 * signal's reason, and the workers are gone then as well.
 */
export async function runInWorkers(take: TakeJob, options: BlobPoolOptions): Promise<void> {
  const { entry, setup, onBatch, signal } = options;
  signal.throwIfAborted();
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
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
      });
      workers.push(worker);
      ends.push(new Promise((gone) => worker.once('exit', () => gone())));
      let over = false;
      const next = () => {
        const job = take();
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
    await Promise.all(Array.from({ length: options.threads }, work));
  } finally {
    stopAll();
    await Promise.all(ends);
    signal.removeEventListener('abort', stopAll);
  }
  signal.throwIfAborted();
}

const toAppError = ({ code, message }: { code: string; message: string }) =>
  new AppError(code as AppError['code'], message);
