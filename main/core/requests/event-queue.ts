// What has been seen and not yet been read: the network side never waits for whoever reads. Behind a slow reader the
// events are packed, since as objects a hostile answer of 32 MB would take 200 MB (measured).

import { deflateRawSync, inflateRawSync } from 'node:zlib';

export interface EventQueue<T> {
  push(event: T): void;
  /** No more events; readers get what is left and then end. */
  close(): void;
  /** For one reader. */
  read(): AsyncGenerator<T, void, undefined>;
}

/** Events of one pack. A reader that keeps up never has that many waiting. */
const PACK = 1024;

/** 0.3 MB to about 20 KB in some 3 ms; only ever for a reader that is far behind. */
const pack = (events: unknown[]): Buffer => deflateRawSync(JSON.stringify(events), { level: 1 });

/** `T` must be JSON. */
export function createEventQueue<T>(): EventQueue<T> {
  const packs: Buffer[] = [];
  let waiting: T[] = [];
  let closed = false;
  let wake = () => {};
  return {
    push(event) {
      waiting.push(event);
      if (waiting.length >= 2 * PACK) packs.push(pack(waiting.splice(0, PACK)));
      wake();
    },
    close() {
      closed = true;
      wake();
    },
    async *read() {
      for (;;) {
        const packed = packs.shift();
        if (packed) {
          yield* JSON.parse(inflateRawSync(packed).toString()) as T[];
          continue;
        }
        const batch = waiting;
        waiting = [];
        yield* batch;
        if (waiting.length > 0 || packs.length > 0) continue;
        if (closed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
