// How long a machine has let its processes wait: bounds of the requirements hold for one that has time, and a busy one
// is granted what it demonstrably took away, no more.
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';

/** Added where the kernel does not say how long processes wait, on a machine that has more to do than processors. */
const UNKNOWN_MS = 5000;
const TICK_MS = 10;

/** Milliseconds for which processes have waited for a processor since the start of the machine; `null` if not told. */
function waitedSoFar(): number | null {
  try {
    const pressure = /^some .*total=(\d+)/m.exec(readFileSync('/proc/pressure/cpu', 'utf8'))?.[1];
    const stolen = /^cpu +(?:\d+ +){7}(\d+)/.exec(readFileSync('/proc/stat', 'utf8'))?.[1];
    if (pressure === undefined) return null;
    // The kernel gives the mean of all processors; the wait may have been at one of them.
    return (Number(pressure) / 1000) * availableParallelism() + Number(stolen ?? 0) * TICK_MS;
  } catch {
    return null;
  }
}

/** Starts to watch; what it returns tells the milliseconds for which processes have waited since. */
export function watchCpuWait(): () => number {
  const before = waitedSoFar();
  return () => {
    const now = waitedSoFar();
    if (before !== null && now !== null) return now - before;
    return loadavg()[0]! > availableParallelism() ? UNKNOWN_MS : 0;
  };
}
