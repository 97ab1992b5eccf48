// What the status bar shows, gathered from the services, told to every window on change.
import type { AppStatus } from '../../../preload/contract/app.ts';

export interface StatusHub {
  /** Says that something may have changed; readers get the new status on the next turn of the event loop. */
  touch(what?: 'keys' | 'history' | 'settings'): void;
  /** The present status, then one per change, until `signal` aborts. */
  watch(signal: AbortSignal): AsyncGenerator<AppStatus>;
}

type Versions = Pick<AppStatus, 'keysVersion' | 'historyVersion' | 'settingsVersion'>;

/** `read` is called at most once per event-loop turn and reader. */
export function createStatusHub(read: () => Omit<AppStatus, keyof Versions>): StatusHub {
  const versions: Versions = { keysVersion: 0, historyVersion: 0, settingsVersion: 0 };
  const wakers = new Set<() => void>();
  let pending = false;
  return {
    touch(what) {
      if (what) versions[`${what}Version`]++;
      if (pending) return;
      pending = true;
      // Thousands of changes in one turn (a stream, a deletion of all) become one event.
      setImmediate(() => {
        pending = false;
        for (const wake of wakers) wake();
      });
    },
    async *watch(signal) {
      let changed = true;
      let wake = () => {};
      const onWake = () => {
        changed = true;
        wake();
      };
      wakers.add(onWake);
      signal.addEventListener('abort', onWake);
      try {
        while (!signal.aborted) {
          if (changed) {
            changed = false;
            yield { ...read(), ...versions };
          } else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        wakers.delete(onWake);
        signal.removeEventListener('abort', onWake);
      }
    },
  };
}
