// Messages of a scan on their way to a reader that may be slow or absent: of progress only the newest waits, of findings
// only as many as the thread may send ahead, and the last message always arrives.
import type { ScanMessage } from '../model.ts';

export interface MessageQueue {
  push(message: ScanMessage): void;
  /** Has the last message been put in? */
  readonly ended: boolean;
  messages: AsyncIterable<ScanMessage>;
}

const isLast = ({ k }: ScanMessage) => k === 'done' || k === 'stopped' || k === 'failed';

export interface QueueEvents {
  /** A `found` has been read. */
  onTaken(): void;
  /** The reader has left before the last message. */
  onLeft(): void;
}

/** For one reader. */
export function createMessageQueue({ onTaken, onLeft }: QueueEvents): MessageQueue {
  const waiting: ScanMessage[] = [];
  let ended = false;
  let wake: (() => void) | null = null;

  async function* read(): AsyncGenerator<ScanMessage> {
    let last = false;
    try {
      while (!last) {
        const message = waiting.shift();
        if (!message) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        if (message.k === 'found') onTaken();
        last = isLast(message);
        yield message;
      }
    } finally {
      if (!last) onLeft();
    }
  }

  return {
    push(message) {
      if (ended) return;
      ended = isLast(message);
      const newer = waiting.at(-1);
      if (message.k === 'progress' && newer?.k === 'progress') waiting.pop();
      waiting.push(message);
      wake?.();
      wake = null;
    },
    get ended() {
      return ended;
    },
    messages: read(),
  };
}
