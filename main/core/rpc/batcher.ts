// Gathers events of one stream into frames: 64 events, 256 K characters, or one frame per 8 ms.

import { AppError } from '../../../preload/contract/errors.ts';
import { BATCH, BATCH_CHARS, BATCH_MS, MAX_FRAME_BYTES } from '../../../preload/contract/frames.ts';

/** A payload of this many characters stays under the frame limit even when each is three bytes of UTF-8. */
export const MAX_PAYLOAD_CHARS = Math.floor(MAX_FRAME_BYTES / 3) - 1024;

/** Characters that JSON writes longer than they are. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;
/** The longest number that JSON writes, such as `-0.0000013466821400663462`. */
const SCALAR_CHARS = 25;

/** Characters of a value's JSON, or a little more; found without writing it. */
export function jsonSize(value: unknown): number {
  // Writing one string out is cheap, and exact where a count of escapes would be guessing.
  if (typeof value === 'string') return ESCAPED.test(value) ? JSON.stringify(value).length : value.length + 2;
  if (value === null || typeof value !== 'object') return SCALAR_CHARS;
  let size = 2;
  if (Array.isArray(value)) for (const item of value) size += jsonSize(item) + 1;
  else for (const [key, item] of Object.entries(value)) size += jsonSize(key) + 2 + jsonSize(item);
  return size;
}

/** Frames that may go out in quick succession after a quiet spell. */
const BURST = 4;

/**
 * Throttles rather than delays: one frame per 8 ms over time, but a few may go out with the turn of the event loop that
 * brought their events: those are what somebody waits for: the start, the headers, the first token.
 */
export class Batcher {
  #events: unknown[] = [];
  #chars = 0;
  #first = true;
  /** Frames that may go now; one more each 8 ms. */
  #allowance = BURST;
  #countedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;
  #send: (events: unknown[]) => void;
  constructor(send: (events: unknown[]) => void) {
    this.#send = send;
  }
  /** Throws `TOO_LARGE` if one event alone does not fit a frame. */
  push(event: unknown) {
    const size = jsonSize(event);
    if (size > MAX_PAYLOAD_CHARS) throw new AppError('TOO_LARGE', 'One event is too large for one message.');
    if (this.#chars + size > BATCH_CHARS) this.flush();
    this.#events.push(event);
    this.#chars += size;
    // The first event of a stream says that it has begun and does not even wait for the turn.
    if (this.#events.length >= BATCH || this.#first) this.flush();
    else if (!this.#timer && !this.#turn) this.#schedule();
    this.#first = false;
  }
  #schedule() {
    this.#refill();
    if (this.#allowance >= 1) this.#turn = setImmediate(() => this.flush());
    else this.#timer = setTimeout(() => this.flush(), (1 - this.#allowance) * BATCH_MS);
  }
  #refill() {
    const now = performance.now();
    this.#allowance = Math.min(BURST, this.#allowance + (now - this.#countedAt) / BATCH_MS);
    this.#countedAt = now;
  }
  flush() {
    this.#clear();
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    this.#chars = 0;
    this.#refill();
    // A full batch goes whether or not it was its turn; the debt stays small, so that the next is not late for it.
    this.#allowance = Math.max(0, this.#allowance - 1);
    this.#send(events);
  }
  drop() {
    this.#clear();
    this.#events = [];
  }
  #clear() {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    this.#timer = undefined;
    this.#turn = undefined;
  }
}
