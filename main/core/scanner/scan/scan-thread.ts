// The thread that leads one scan. It alone knows the request, and with it the known keys; blob workers read and match
// for it. What it says to the main thread holds no secret, unless the request says `reveal`.
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ScanRequest } from '../model.ts';
import { type Failure, toFailure } from './failure.ts';
import { createNameMask } from './name-mask.ts';
import { runScan } from './run-scan.ts';
import { type FromScanThread, PART, type ScanThreadData, type ToScanThread } from './scan-protocol.ts';
import { scanRules } from './scan-rules.ts';

/** The last words of git may name a branch, and a branch may be named like a key. */
function masked({ code, message }: Failure, { rules, knownKeys }: ScanRequest): Failure {
  return { code, message: createNameMask(scanRules(rules).set, knownKeys)(message) };
}

const port = parentPort;
if (port) {
  const { request, blobWorker } = workerData as ScanThreadData;
  const stop = new AbortController();
  const say = (message: FromScanThread) => port.postMessage(message);
  let taken = () => {};
  port.on('message', (message: ToScanThread) => {
    if (message.k === 'stop') stop.abort();
    else taken();
  });
  runScan(request, {
    // Both entries lie side by side, as sources and as bundles.
    blobWorker: blobWorker ?? new URL(`blob-worker${path.extname(import.meta.url)}`, import.meta.url),
    signal: stop.signal,
    onProgress: (progress) => say({ k: 'progress', progress }),
    onFound: (findings) => say({ k: 'found', findings }),
    onFeed: (feed) => {
      taken = feed;
    },
  })
    .then(({ summary, findings }) => {
      for (let at = 0; at < findings.length; at += PART)
        say({ k: 'part', findings: findings.slice(at, at + PART) });
      say({ k: 'done', summary });
    })
    .catch((error: unknown) =>
      say(stop.signal.aborted ? { k: 'stopped' } : { k: 'failed', ...masked(toFailure(error), request) }),
    )
    .finally(() => port.close());
}
