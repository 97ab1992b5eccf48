// Sends steps at a set speed. Timers are too coarse for thousands per second, so each wake-up sends all that is due
// by the clock, and a late wake-up catches up: the rate over time is exact.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';

export interface Step {
  text: string;
  /** A token, held back by the pace. Others go out with the token before them. */
  paced: boolean;
}

export interface Pace {
  /** Milliseconds before the first paced step. */
  firstTokenMs: number;
  tokensPerSecond: number;
}

const LARGEST_WRITE = 64 * 1024;

/**
 * Calls `write` with the text of steps as they become due and waits for it, so a slow reader holds the sender back.
 * Rejects with the signal's reason when aborted.
 */
export async function sendPaced(
  steps: Iterable<Step>,
  pace: Pace,
  write: (text: string) => Promise<void>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const first = clock.mono() + pace.firstTokenMs;
  const msPerToken = 1000 / pace.tokensPerSecond;
  const source = steps[Symbol.iterator]();
  let next = source.next();
  let sent = 0;
  while (!next.done) {
    signal.throwIfAborted();
    const due = Math.floor((clock.mono() - first) / msPerToken) + 1;
    let out = '';
    while (!next.done && out.length < LARGEST_WRITE && (!next.value.paced || sent < due)) {
      out += next.value.text;
      if (next.value.paced) sent++;
      next = source.next();
    }
    if (out !== '') await write(out);
    if (next.done || out.length >= LARGEST_WRITE) continue;
    const wait = first + sent * msPerToken - clock.mono();
    if (wait > 0) await sleep(Math.max(1, wait), undefined, { signal });
  }
}

/** How long an unstreamed answer of `tokens` takes at the same speed, in milliseconds. */
export const wholeAnswerMs = (pace: Pace, tokens: number): number =>
  pace.firstTokenMs + (Math.max(0, tokens - 1) * 1000) / pace.tokensPerSecond;
