// Questions whose answer runs expressions of a configuration file: each is broken off when it takes too long, and when
// all of them together have taken too long none is asked any more.
import { withinTime } from '../match/within-time.ts';

/** For one question. */
const MOST_MS = 250;
/** What honest expressions take, on a slow machine too; only what is over it counts. */
const FREE_MS = 5;
const MOST_MS_IN_ALL = 5_000;

/** Asks; `null` when there was no answer in time. */
export function createPatience(): <T>(question: () => T) => T | null {
  let left = MOST_MS_IN_ALL;
  return (question) => {
    if (left <= 0) return null;
    let answer: ReturnType<typeof question> | null = null;
    const begun = performance.now();
    const done = withinTime(MOST_MS, () => {
      answer = question();
    });
    left -= Math.max(0, performance.now() - begun - FREE_MS);
    return done ? answer : null;
  };
}
