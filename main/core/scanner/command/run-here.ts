// A scan in this thread, for a process that has nothing else to do: what is staged is read and matched in less time than a
// thread needs to start. Large reads go to threads all the same.
import type { Finding, ScanMessage, ScanProgress, ScanRequest } from '../model.ts';
import { toFailure } from '../scan/failure.ts';
import { runScan } from '../scan/run-scan.ts';

export async function* runHere(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanMessage> {
  const waiting: ScanMessage[] = [];
  let wake = () => {};
  const say = (message: ScanMessage) => {
    waiting.push(message);
    wake();
  };
  let taken = () => {};
  runScan(request, {
    blobWorker: new URL('../scan/blob-worker.ts', import.meta.url),
    signal,
    onProgress: (progress: ScanProgress) => say({ k: 'progress', progress }),
    // Nobody looks at what a command has found before it is done.
    onFound: (_findings: Finding[]) => taken(),
    onFeed: (feed) => {
      taken = feed;
    },
  }).then(
    ({ summary, findings }) => say({ k: 'done', summary, findings }),
    (error: unknown) => say(signal.aborted ? { k: 'stopped' } : { k: 'failed', ...toFailure(error) }),
  );
  for (;;) {
    const message = waiting.shift();
    if (message) {
      yield message;
      if (message.k !== 'progress' && message.k !== 'found') return;
      continue;
    }
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}
