// Gathers events of one stream into frames: 64 events, 8 ms or 256 K characters, whichever is first.

import { AppError } from '../../../preload/contract/errors.ts';
import { BATCH, BATCH_CHARS, BATCH_MS, MAX_FRAME_BYTES } from '../../../preload/contract/frames.ts';

/** A payload of this many characters stays under the frame limit even when each is three bytes of UTF-8. */
export const MAX_PAYLOAD_CHARS = Math.floor(MAX_FRAME_BYTES / 3) - 1024;

/** Size in characters of a JSON value, without serialising it. Exact for structure, a close upper bound for strings. */
export function jsonSize(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (value === null || typeof value !== 'object') return 8;
  let size = 2;
  if (Array.isArray(value)) for (const item of value) size += jsonSize(item) + 1;
  else for (const [key, item] of Object.entries(value)) size += key.length + 4 + jsonSize(item);
  return size;
}

export class Batcher {
  #events: unknown[] = [];
  #chars = 0;
  #first = true;
  #timer: NodeJS.Timeout | undefined;
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
    // The first event of a stream goes at once: it is what the user waits for.
    if (this.#first || this.#events.length >= BATCH) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), BATCH_MS);
    this.#first = false;
  }
  flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    this.#chars = 0;
    this.#send(events);
  }
  drop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#events = [];
  }
}
