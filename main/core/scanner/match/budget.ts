// No content may stall a scan: each rule has its time on each content, and all of them together have a limit too. What
// counts is the time that the thread has worked, for on a busy machine a rule must not be given up because it waited.

/** Milliseconds from any fixed point. */
export interface Clocks {
  /** Quick to read. */
  wall: () => number;
  /** What the thread has worked; costs a call into the system, so it is read only when `wall` says it is late. */
  worked: () => number;
}

export const THREAD_CLOCKS: Clocks = {
  wall: () => performance.now(),
  worked() {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  },
};

/** All rules together may take this many times the time of one, and more for large contents. */
const RULES_AT_ONCE = 8;
const MS_PER_MEGABYTE = 50;

export class Budget {
  /** Rules that were given up. */
  readonly givenUp = new Set<string>();
  #ruleMs: number;
  #clocks: Clocks;
  #all: Timer;

  constructor(ruleMs: number, bytes: number, clocks: Clocks) {
    this.#ruleMs = ruleMs;
    this.#clocks = clocks;
    this.#all = new Timer(ruleMs * RULES_AT_ONCE + (bytes / 1e6) * MS_PER_MEGABYTE, clocks);
  }

  /** Counts from now. */
  forRule(): { spent(): boolean } {
    const timer = new Timer(this.#ruleMs, this.#clocks);
    return { spent: () => timer.spent() || this.#all.spent() };
  }
}

/** Says yes after `ms` of work, at the latest after twice that. */
class Timer {
  #ms: number;
  #clocks: Clocks;
  #begun: number;
  #workedWhenLate: number | null = null;

  constructor(ms: number, clocks: Clocks) {
    this.#ms = ms;
    this.#clocks = clocks;
    this.#begun = clocks.wall();
  }

  spent(): boolean {
    if (this.#clocks.wall() - this.#begun <= this.#ms) return false;
    const worked = this.#clocks.worked();
    this.#workedWhenLate ??= worked;
    return worked - this.#workedWhenLate > this.#ms;
  }
}
