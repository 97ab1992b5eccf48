// The main thread's side of the search worker: one question at a time, a deadline for each, and a new thread when one
// does not come back. The thread is started by the first question and never keeps the process alive on its own.
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../preload/contract/errors.ts';
import type { HistoryPage } from '../../../preload/contract/history.ts';
import type { ListInput } from './list-requests.ts';
import type { SearchAnswer, SearchJob, SearchWorkerData } from './search-worker.ts';

export interface SearchWorkerOptions {
  /** The database file. */
  file: string;
  /** The worker's entry where it is bundled. Default: search-worker.ts beside this file. */
  entry?: string | URL;
  /** Milliseconds a list may take. Default 5,000. */
  deadlineMs?: number;
}

export interface SearchWorker {
  /** Rejects with `SEARCH_TIMEOUT`, `CANCELLED`, `BAD_INPUT`, `DATABASE_UNAVAILABLE`. */
  list(input: ListInput, signal?: AbortSignal): Promise<HistoryPage>;
  /** First line of SQLite's quick check, or `null` when all is well. Takes seconds in a large file; own thread. */
  quickCheck(): Promise<string | null>;
  close(): Promise<void>;
}

/** What a thread that ignores its deadline or a cancel gets on top, before it is given up. */
const GRACE_MS = 250;
const CHECK_MS = 10 * 60 * 1000;

export function createSearchWorker(options: SearchWorkerOptions): SearchWorker {
  const entry = options.entry ?? new URL('./search-worker.ts', import.meta.url);
  const deadlineMs = options.deadlineMs ?? 5000;
  const data: SearchWorkerData = { file: options.file };
  const threads = new Set<Worker>();
  let idle: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const start = (): Worker => {
    const thread = new Worker(entry, { workerData: data });
    threads.add(thread);
    thread.once('exit', () => {
      threads.delete(thread);
      if (idle === thread) idle = undefined;
    });
    thread.on('error', () => {}); // the one who waits hears of it by `exit`
    return thread;
  };
  const giveUp = (thread: Worker) => {
    if (idle === thread) idle = undefined;
    void thread.terminate();
  };

  /** Posts one job and settles with its answer. The thread is idle again, or gone, when it has. */
  const ask = (thread: Worker, job: SearchJob, ms: number): Promise<SearchAnswer> => {
    const { promise, resolve, reject } = Promise.withResolvers<SearchAnswer>();
    const timer = setTimeout(() => {
      giveUp(thread);
      reject(
        new AppError(
          'SEARCH_TIMEOUT',
          'The search took too long and was stopped. Add a word or a filter to narrow it.',
        ),
      );
    }, ms + GRACE_MS);
    const onExit = () =>
      reject(new AppError('DATABASE_UNAVAILABLE', 'The search stopped unexpectedly. Try again.'));
    thread.ref();
    thread.once('message', resolve);
    thread.once('exit', onExit);
    thread.postMessage(job);
    return promise.finally(() => {
      clearTimeout(timer);
      thread.off('message', resolve);
      thread.off('exit', onExit);
      thread.unref();
    });
  };

  const list = async (input: ListInput, signal?: AbortSignal): Promise<HistoryPage> => {
    if (closed) throw new AppError('CLOSED', 'Keybench is closing.');
    if (signal?.aborted) throw cancelled();
    idle ??= start();
    const thread = idle;
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      Atomics.store(cancel, 0, 1);
      timer = setTimeout(() => giveUp(thread), GRACE_MS);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const answer = await ask(thread, { kind: 'list', input, ms: deadlineMs, cancel }, deadlineMs);
      if ('error' in answer) throw AppError.from(answer.error);
      if ('page' in answer) return answer.page;
      throw new AppError('INTERNAL', 'The search gave no page.');
    } catch (error) {
      throw signal?.aborted ? cancelled() : error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  };

  return {
    list(input, signal) {
      // One at a time: a thread that is busy would only queue, and its deadline would run meanwhile.
      const next = last.then(() => list(input, signal));
      last = next.catch(() => {});
      return next;
    },
    async quickCheck() {
      const thread = start();
      try {
        const answer = await ask(thread, { kind: 'check' }, CHECK_MS);
        if ('damage' in answer) return answer.damage;
        return 'error' in answer ? answer.error.message : null;
      } finally {
        giveUp(thread);
      }
    },
    async close() {
      closed = true;
      await Promise.all([...threads].map((thread) => thread.terminate()));
    },
  };
}

const cancelled = () => new AppError('CANCELLED', 'Cancelled.');
