// How long a scan still takes, from the bytes it has read. Smoothed: the figure is for people, who distrust one that jumps.
const SMOOTH_MS = 4000;
/** Nothing is said before this much was measured. */
const SETTLED_MS = 700;

export interface ScanPace {
  /** Milliseconds that are left; `null`: not known. */
  left(now: number, bytes: number, total: number): number | null;
}

/** `now` is a monotonic clock in milliseconds. Ask with each progress; a total that changes starts the measure anew. */
export function createPace(): ScanPace {
  let last: { now: number; bytes: number } | null = null;
  let measured = 0;
  /** Bytes per millisecond. */
  let rate = 0;
  return {
    left(now, bytes, total) {
      if (last === null || bytes < last.bytes) {
        last = { now, bytes };
        measured = 0;
        rate = 0;
        return null;
      }
      const ms = now - last.now;
      if (ms > 0) {
        const weight = measured === 0 ? 1 : 1 - Math.exp(-ms / SMOOTH_MS);
        rate += weight * ((bytes - last.bytes) / ms - rate);
        measured += ms;
        last = { now, bytes };
      }
      if (measured < SETTLED_MS || rate <= 0 || total <= bytes) return null;
      return Math.round((total - bytes) / rate);
    },
  };
}
