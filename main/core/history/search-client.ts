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
  /** Starts the thread before the first question, which otherwise waits about 0.1 s for it. */
  warm(): void;
  /** Rejects with `SEARCH_TIMEOUT`, `CANCELLED`, `BAD_INPUT`, `DATABASE_UNAVAILABLE`. */
  list(input: ListInput, signal?: AbortSignal): Promise<HistoryPage>;
  /** First line of SQLite's quick check, or `null` when all is well. Takes seconds in a large file; own thread. Rejects when it could not be made. */
  quickCheck(): Promise<string | null>;
  close(): Promise<void>;
}

/** What a thread that ignores its deadline or a cancel gets on top, before it is given up. */
const GRACE_MS = 250;
const START_MS = 30_000;
const CHECK_MS = 10 * 60 * 1000;

export function createSearchWorker(options: SearchWorkerOptions): SearchWorker {
  const entry = options.entry ?? new URL('./search-worker.ts', import.meta.url);
  const deadlineMs = options.deadlineMs ?? 5000;
  const data: SearchWorkerData = { file: options.file };
  const threads = new Map<Worker, Promise<unknown>>();
  let idle: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const start = (): Worker => {
    const thread = new Worker(entry, { workerData: data });
    thread.once('exit', () => {
      threads.delete(thread);
      if (idle === thread) idle = undefined;
    });
    thread.on('error', () => {}); // the one who waits hears of it by `exit`
    // Loading takes 0.1 s and more on a slow machine; no deadline runs meanwhile.
    threads.set(thread, answerOf(thread, START_MS));
    return thread;
  };
  const giveUp = (thread: Worker) => {
    if (idle === thread) idle = undefined;
    void thread.terminate();
  };

  /** The next message. Rejects when the thread dies, or is given up because none came for `ms`. */
  const answerOf = (thread: Worker, ms: number): Promise<unknown> => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const timer = setTimeout(() => {
      giveUp(thread);
      reject(tooLong());
    }, ms);
    const onExit = () =>
      reject(new AppError('DATABASE_UNAVAILABLE', 'The search stopped unexpectedly. Try again.'));
    thread.ref();
    thread.once('message', resolve);
    thread.once('exit', onExit);
    const settled = promise.finally(() => {
      clearTimeout(timer);
      thread.off('message', resolve);
      thread.off('exit', onExit);
      thread.unref();
    });
    settled.catch(() => {}); // a thread may die before anybody asks it
    return settled;
  };

  const ask = async (thread: Worker, job: SearchJob, ms: number): Promise<SearchAnswer> => {
    await threads.get(thread);
    const answer = answerOf(thread, ms);
    thread.postMessage(job);
    return (await answer) as SearchAnswer;
  };

  const list = async (input: ListInput, signal?: AbortSignal): Promise<HistoryPage> => {
    if (closed) throw new AppError('CLOSED', 'Keybench is closing.');
    if (signal?.aborted) throw cancelled();
    idle ??= start();
    const thread = idle;
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    let settled = false;
    const onAbort = async () => {
      Atomics.store(cancel, 0, 1);
      await threads.get(thread)?.catch(() => {});
      // A function of SQLite that does not come back to us cannot see the flag.
      setTimeout(() => settled || giveUp(thread), GRACE_MS).unref();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const answer = await ask(
        thread,
        { kind: 'list', input, ms: deadlineMs, cancel },
        deadlineMs + GRACE_MS,
      );
      if ('error' in answer) throw AppError.from(answer.error);
      if ('page' in answer) return answer.page;
      throw new AppError('INTERNAL', 'The search gave no page.');
    } catch (error) {
      throw signal?.aborted ? cancelled() : error;
    } finally {
      settled = true;
      signal?.removeEventListener('abort', onAbort);
    }
  };

  return {
    warm() {
      if (!closed) idle ??= start();
    },
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
        throw 'error' in answer
          ? AppError.from(answer.error)
          : new AppError('INTERNAL', 'The check gave no result.');
      } finally {
        giveUp(thread);
      }
    },
    async close() {
      closed = true;
      await Promise.all([...threads.keys()].map((thread) => thread.terminate()));
    },
  };
}

const cancelled = () => new AppError('CANCELLED', 'Cancelled.');
const tooLong = () =>
  new AppError(
    'SEARCH_TIMEOUT',
    'The search took too long and was stopped. Add a word or a filter to narrow it.',
  );
