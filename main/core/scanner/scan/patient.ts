// Questions whose answer runs expressions of a configuration file: each is broken off when it takes too long, and when
// all of them together have taken too long none is asked any more.
import { THREAD_CLOCKS } from '../match/budget.ts';
import { withinTime } from '../match/within-time.ts';

/** For one question, by the clock: a busy machine may let it wait. */
const MOST_MS = 2_000;
/** Of work: what honest expressions take, on a slow machine too; only what is over it counts. */
const FREE_MS = 5;
const MOST_MS_IN_ALL = 5_000;

/** Asks; `null` when there was no answer in time. */
export function createPatience(): <T>(question: () => T) => T | null {
  let left = MOST_MS_IN_ALL;
  return (question) => {
    if (left <= 0) return null;
    let answer: ReturnType<typeof question> | null = null;
    const begun = THREAD_CLOCKS.worked();
    const done = withinTime(MOST_MS, () => {
      answer = question();
    });
    left -= Math.max(0, THREAD_CLOCKS.worked() - begun - FREE_MS);
    return done ? answer : null;
  };
}
