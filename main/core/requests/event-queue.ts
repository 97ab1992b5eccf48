// What has been seen and not yet been read: the network side never waits for whoever reads.

export interface EventQueue<T> {
  push(event: T): void;
  /** No more events; readers get what is left and then end. */
  close(): void;
  /** For one reader. Ends early, without error, when the reader leaves. */
  read(): AsyncGenerator<T, void, undefined>;
}

export function createEventQueue<T>(): EventQueue<T> {
  let waiting: T[] = [];
  let closed = false;
  let wake = () => {};
  return {
    push(event) {
      waiting.push(event);
      wake();
    },
    close() {
      closed = true;
      wake();
    },
    async *read() {
      for (;;) {
        const batch = waiting;
        waiting = [];
        yield* batch;
        if (waiting.length > 0) continue;
        if (closed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
