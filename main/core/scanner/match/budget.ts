// No content may stall a scan: each rule has its time on each content, and all of them together have a limit too.

/** All rules together may take this many times the time of one, and more for large contents. */
const RULES_AT_ONCE = 8;
const MS_PER_MEGABYTE = 50;

export class Budget {
  /** Rules that were given up. */
  readonly givenUp = new Set<string>();
  #ruleMs: number;
  #now: () => number;
  #deadline: number;

  constructor(ruleMs: number, bytes: number, now: () => number) {
    this.#ruleMs = ruleMs;
    this.#now = now;
    this.#deadline = now() + ruleMs * RULES_AT_ONCE + (bytes / 1e6) * MS_PER_MEGABYTE;
  }

  /** Counts from now. */
  forRule(): { spent(): boolean } {
    const deadline = Math.min(this.#now() + this.#ruleMs, this.#deadline);
    return { spent: () => this.#now() > deadline };
  }
}
