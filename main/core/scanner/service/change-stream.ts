// Tells readers that something has changed: at once, and then no more often than they can use.
export interface ChangeStream {
  touch(): void;
  /** `read()` now and after each change, at most once per `ms`, until `signal` aborts. The last change is never lost. */
  watch<T>(read: () => T, signal: AbortSignal): AsyncGenerator<T>;
}

export function createChangeStream(ms: number): ChangeStream {
  const wakers = new Set<() => void>();
  return {
    touch() {
      for (const wake of wakers) wake();
    },
    async *watch(read, signal) {
      let changed = true;
      let wake = () => {};
      const onChange = () => {
        changed = true;
        wake();
      };
      wakers.add(onChange);
      signal.addEventListener('abort', onChange);
      try {
        while (!signal.aborted) {
          if (!changed) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
            continue;
          }
          changed = false;
          yield read();
          await pause(ms, signal);
        }
      } finally {
        wakers.delete(onChange);
        signal.removeEventListener('abort', onChange);
      }
    },
  };
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    timer.unref();
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });
