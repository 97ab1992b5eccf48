// Rules of configuration files on one content, each within its time: what cannot be interrupted from within is from
// without. A rule that stalls again and again is not tried any more, and counts as given up wherever it was wanted.
import { withinTime } from './within-time.ts';

/** Of one rule, and of all rules together. */
const MOST_STALLS = 2;
const MOST_STALLS_IN_ALL = 6;

export class ForeignRules {
  #ms: number;
  #stalls = new Map<number, number>();
  #inAll = 0;

  /** `ms`: for those of one content. */
  constructor(ms: number) {
    this.#ms = ms;
  }

  /** `giveUp` is called for each that was broken off, or not tried. */
  run(orders: readonly number[], runRule: (order: number) => void, giveUp: (order: number) => void): void {
    let at = 0;
    while (at < orders.length) {
      const done = withinTime(this.#ms, () => {
        for (; at < orders.length; at++) {
          if (this.#isHopeless(orders[at]!)) giveUp(orders[at]!);
          else runRule(orders[at]!);
        }
      });
      // The time may also be over just behind the last one.
      if (done || at >= orders.length) return;
      const order = orders[at++]!;
      this.#stalls.set(order, (this.#stalls.get(order) ?? 0) + 1);
      this.#inAll++;
      giveUp(order);
    }
  }

  #isHopeless(order: number): boolean {
    return this.#inAll >= MOST_STALLS_IN_ALL || (this.#stalls.get(order) ?? 0) >= MOST_STALLS;
  }
}
