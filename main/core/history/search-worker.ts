// The thread that reads much: node:sqlite is synchronous, and a search must not hold up the app. Its connection is its own
// and cannot write. Runs as .ts under Node and as a bundle elsewhere; `SearchJob` is all that goes in.
import { parentPort, workerData } from 'node:worker_threads';
import { AppError, type WireError } from '../../../preload/contract/errors.ts';
import type { HistoryPage } from '../../../preload/contract/history.ts';
import { createLister, type ListInput, type StopReason } from './list-requests.ts';
import { openReadable, quickCheck } from './open-file.ts';
import { toAppError } from './sqlite-error.ts';

export type SearchJob =
  /** `cancel[0]` becomes 1 when nobody wants the answer any more. */
  { kind: 'list'; input: ListInput; ms: number; cancel: Int32Array } | { kind: 'check' };
export type SearchAnswer = { page: HistoryPage } | { damage: string | null } | { error: WireError };
export type SearchWorkerData = { file: string };

const port = parentPort;
if (port) {
  const { file } = workerData as SearchWorkerData;
  const db = openReadable(file);
  db.exec('PRAGMA cache_size = -32000');
  const lister = createLister(db);
  const run = (job: SearchJob): SearchAnswer => {
    try {
      return job.kind === 'check'
        ? { damage: quickCheck(db) }
        : { page: lister.list(job.input, stopOf(job)) };
    } catch (error) {
      const known = toAppError(error);
      if (known instanceof AppError) return { error: known.toWire() };
      return { error: { code: 'INTERNAL', message: (error as Error).message.slice(0, 200) } };
    }
  };
  port.on('message', (job: SearchJob) => port.postMessage(run(job)));
  port.postMessage('ready');
}

function stopOf(job: Extract<SearchJob, { kind: 'list' }>): StopReason {
  const deadline = performance.now() + job.ms;
  return () => {
    if (Atomics.load(job.cancel, 0) === 1) return 'cancelled';
    return performance.now() > deadline ? 'deadline' : null;
  };
}
