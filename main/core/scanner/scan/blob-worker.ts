// A thread that reads and matches jobs of one scan, one after the other. What it says holds no secret.
import { parentPort, workerData } from 'node:worker_threads';
import { toFailure } from './failure.ts';
import { createJobRunner } from './run-job.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './worker-protocol.ts';

const port = parentPort;
if (port) {
  const say = (message: FromWorker) => port.postMessage(message);
  const stop = new AbortController();
  const runner = createJobRunner(workerData as WorkerSetup, (batch) =>
    port.postMessage({ k: 'batch', batch } satisfies FromWorker, [batch.ids.buffer, batch.flags.buffer]),
  );
  port.on('message', (message: ToWorker) => {
    if (message.k === 'stop') {
      stop.abort();
      port.close();
      return;
    }
    runner.run(message.job, stop.signal).then(
      () => say({ k: 'idle' }),
      (error: unknown) => {
        if (!stop.signal.aborted) say({ k: 'failed', ...toFailure(error) });
      },
    );
  });
}
