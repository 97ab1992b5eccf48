// Time as core knows it: injected, so that tests can jump it.
import { performance } from 'node:perf_hooks';

export interface Clock {
  /** Epoch milliseconds, for people and for storage. May jump. */
  now(): number;
  /** Monotonic milliseconds, for every duration. Never goes back. */
  mono(): number;
}

export const systemClock: Clock = { now: () => Date.now(), mono: () => performance.now() };
