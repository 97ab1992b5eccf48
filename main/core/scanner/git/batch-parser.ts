// Reads what `cat-file --batch` writes: `<oid> <type> <size>\n<content>\n`, or `<oid> missing\n`, one answer per request
// and in their order.
import type { ObjectType } from './object-list.ts';

export interface BatchEvents {
  /**
   * `content` is a view of a buffer that is used again: valid until this returns, or until the promise it gives is
   * settled. No further answer is parsed before.
   */
  onObject(oid: string, type: ObjectType, content: Uint8Array): void | Promise<void>;
  onMissing(oid: string): void;
  /** Content of more than `maxBytes`; it is passed over without being kept. */
  onTooBig(oid: string, size: number): void;
}

const NEWLINE = 10;
/** Longer than any header. */
const MAX_HEADER = 200;

export class BatchParser {
  readonly #events: BatchEvents;
  readonly #maxBytes: number;
  #header = '';
  #oid = '';
  #type: ObjectType = 'blob';
  /** Content bytes and the newline after them that are still to come; 0: a header is read. */
  #left = 0;
  #skip = false;
  /** Holds the content that came in pieces; grows to the largest one seen. */
  #buffer = Buffer.alloc(0);
  #filled = 0;

  constructor(events: BatchEvents, maxBytes = Number.POSITIVE_INFINITY) {
    this.#events = events;
    this.#maxBytes = maxBytes;
  }

  /** @returns a promise when a handler asked to be waited for; the next chunk must come after it. */
  push(chunk: Buffer, from = 0): void | Promise<void> {
    let at = from;
    while (at < chunk.length) {
      if (this.#left === 0) {
        at = this.#readHeader(chunk, at);
        continue;
      }
      const take = Math.min(this.#left, chunk.length - at);
      const piece = chunk.subarray(at, at + take);
      at += take;
      const waits = this.#content(piece);
      if (waits) return waits.then(() => this.push(chunk, at));
    }
  }

  #readHeader(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(NEWLINE, at);
    this.#header += chunk.toString('latin1', at, end === -1 ? chunk.length : end);
    if (this.#header.length > MAX_HEADER) throw new Error('git answered in a form that is not known');
    if (end === -1) return chunk.length;
    const [oid = '', type = '', size = ''] = this.#header.split(' ');
    this.#header = '';
    if (type === 'missing') {
      this.#events.onMissing(oid);
      return end + 1;
    }
    const bytes = Number(size);
    if (size === '' || !Number.isSafeInteger(bytes))
      throw new Error('git answered in a form that is not known');
    this.#oid = oid;
    this.#type = type as ObjectType;
    this.#left = bytes + 1;
    this.#filled = 0;
    this.#skip = bytes > this.#maxBytes;
    if (this.#skip) this.#events.onTooBig(oid, bytes);
    return end + 1;
  }

  #content(piece: Buffer): void | Promise<void> {
    const whole = piece.length === this.#left;
    if (this.#skip) {
      this.#left -= piece.length;
      return;
    }
    if (whole && this.#filled === 0) {
      this.#left = 0;
      return this.#events.onObject(this.#oid, this.#type, piece.subarray(0, -1));
    }
    if (this.#filled === 0 && this.#buffer.length < this.#left)
      this.#buffer = Buffer.allocUnsafeSlow(roundUp(this.#left));
    piece.copy(this.#buffer, this.#filled);
    this.#filled += piece.length;
    this.#left -= piece.length;
    if (whole)
      return this.#events.onObject(this.#oid, this.#type, this.#buffer.subarray(0, this.#filled - 1));
  }
}

/** To the next power of two: few reallocations over a scan. */
function roundUp(bytes: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(bytes, 65_536)));
}
