// Collects what a worker has read until there is enough to tell: a message per content would cost more than the reading.
import { HAS_HITS } from './cache.ts';
import type { ContentHits } from './hit.ts';
import type { Batch, BatchCounts } from './worker-protocol.ts';

const MOST_CONTENTS = 8192;
const MOST_HITS = 500;
const MOST_MS = 150;

export class BatchBuilder {
  #oidBytes: number;
  #send: (batch: Batch) => void;
  #ids: Buffer;
  #flags = new Uint8Array(MOST_CONTENTS);
  #length = 0;
  #found: Batch['found'] = [];
  #hits = 0;
  /** Since the last batch; a new object after each. */
  counts = noCounts();
  #sentAt = performance.now();

  constructor(oidBytes: number, send: (batch: Batch) => void) {
    this.#oidBytes = oidBytes;
    this.#send = send;
    this.#ids = Buffer.alloc(MOST_CONTENTS * oidBytes);
  }

  /** A content that was matched to the end. */
  scanned(content: ContentHits, flags: number): void {
    this.#ids.write(content.id, this.#length * this.#oidBytes, 'hex');
    this.#flags[this.#length++] = content.hits.length === 0 ? flags : flags | HAS_HITS;
    this.#note(content);
  }

  /** One that is to be read again next time. */
  unsettled(content: ContentHits): void {
    this.#note(content);
  }

  /** One that was not read, and why. */
  lost(why: 'missing' | 'unreadable' | 'tooBig' | 'notFollowed'): void {
    this.counts[why]++;
    this.counts.settled++;
  }

  /** Sends when it is time to. */
  check(): void {
    const full = this.#length === MOST_CONTENTS || this.#hits >= MOST_HITS;
    if (full || performance.now() - this.#sentAt > MOST_MS) this.flush();
  }

  flush(): void {
    this.#sentAt = performance.now();
    if (this.counts.settled === 0) return;
    this.#send({
      ids: new Uint8Array(this.#ids.subarray(0, this.#length * this.#oidBytes)),
      flags: this.#flags.slice(0, this.#length),
      found: this.#found,
      counts: this.counts,
    });
    this.#length = 0;
    this.#found = [];
    this.#hits = 0;
    this.counts = noCounts();
  }

  #note(content: ContentHits): void {
    if (content.hits.length === 0) return;
    this.#found.push(content);
    this.#hits += content.hits.length;
  }
}

function noCounts(): BatchCounts {
  return {
    scanned: 0,
    scannedBytes: 0,
    binary: 0,
    missing: 0,
    unreadable: 0,
    timedOut: 0,
    tooBig: 0,
    notFollowed: 0,
    files: 0,
    settled: 0,
    bytes: 0,
  };
}
