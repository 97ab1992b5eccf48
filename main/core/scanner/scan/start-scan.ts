// The main thread's side of a scan: starts the thread, passes on what it says, ends it. Nothing here takes longer than
// the unpacking of a small message.
import { Worker } from 'node:worker_threads';
import type { Finding, ScanMessage, ScanRequest } from '../model.ts';
import { toFailure, UNEXPECTED } from './failure.ts';
import { createMessageQueue } from './message-queue.ts';
import type { FromScanThread, ScanThreadData, ToScanThread } from './scan-protocol.ts';

export interface ScanRun {
  /** For one reader. Leaving the loop early stops the scan. */
  messages: AsyncIterable<ScanMessage>;
  /** Within 200 ms no thread and no git of the scan runs any more; what was read stays in the cache. */
  stop(): Promise<void>;
}

export interface StartScanOptions {
  /** The scan thread's entry where it is bundled. Default: scan-thread.ts beside this file. */
  entry?: string | URL;
  /** The blob worker's entry. Default: `blob-worker` beside the scan thread's. */
  blobWorker?: string | URL;
}

/** What the thread gets to end its children in good order, before it is ended itself. */
const GRACE_MS = 150;
/** See `blob-pool.ts`. */
const YOUNG_MB = 4;

/** Begins at once. Never throws: what goes wrong is the last message. */
export function startScan(request: ScanRequest, options: StartScanOptions = {}): ScanRun {
  const entry = options.entry ?? new URL('./scan-thread.ts', import.meta.url);
  const data: ScanThreadData = { request, blobWorker: options.blobWorker?.toString() ?? null };
  const thread = new Worker(entry, {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const gone = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  const tell = (message: ToScanThread) => thread.postMessage(message);

  const findings: Finding[] = [];
  let stopping = false;
  const queue = createMessageQueue({
    onTaken: () => tell({ k: 'taken' }),
    onLeft: () => void stop(),
  });
  const stop = async (): Promise<void> => {
    if (!stopping && !queue.ended) {
      stopping = true;
      tell({ k: 'stop' });
      const timer = setTimeout(() => void thread.terminate(), GRACE_MS);
      await gone;
      clearTimeout(timer);
    }
    await gone;
  };

  thread.on('message', (message: FromScanThread) => {
    if (message.k === 'part') findings.push(...message.findings);
    else if (message.k === 'done') queue.push({ ...message, findings });
    else queue.push(message);
  });
  thread.on('error', (error) => {
    if (!stopping) queue.push({ k: 'failed', ...toFailure(error) });
  });
  // After `done` or `failed` it changes nothing.
  thread.once('exit', () => queue.push(stopping ? { k: 'stopped' } : { k: 'failed', ...UNEXPECTED }));
  return { messages: queue.messages, stop };
}
