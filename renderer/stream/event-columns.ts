// Events of one answer as columns: a row costs about 20 bytes and its preview, and no object. A pane may hold
// hundreds of thousands of rows; the full data stays in core and is asked for when a row is opened.
import type { Lane } from '../../preload/contract/requests.ts';

const SEGMENT_BITS = 8;
const SEGMENT = 1 << SEGMENT_BITS;
/** The contract sends at most 200; 256 previews of this length still fit the 16-bit offsets of a segment. */
const MAX_PREVIEW = 255;
/** A hostile server could name every event differently; past this many names they share one entry. */
const MAX_NAMES = 4096;
const LANES: readonly (Lane | null)[] = [null, 'text', 'thinking', 'tool', 'refusal'];
const LATE = 0x80;

/** One event as a list draws it. Times in milliseconds, `t` since the request's start. */
export interface EventRow {
  /** Number of the event in core, for `history.eventData`. */
  index: number;
  t: number;
  /** Milliseconds since the event before it; for the first event 0. */
  gap: number;
  name: string;
  preview: string;
  /** Characters of its data. */
  size: number;
  lane: Lane | null;
  /** The gap before it stood out (see `Pane`). */
  late: boolean;
}

export interface EventInput {
  index: number;
  t: number;
  name: string;
  preview: string;
  size: number;
  lane: Lane | null;
  late: boolean;
}

interface Segment {
  text: string;
  /** Ends of the 256 previews in `text`. */
  ends: Uint16Array;
}

export class EventColumns {
  #length = 0;
  #t = new Float64Array(512);
  #index = new Uint32Array(512);
  #size = new Uint32Array(512);
  #name = new Uint16Array(512);
  #kind = new Uint8Array(512);
  readonly #names: string[] = [];
  readonly #nameIds = new Map<string, number>();
  readonly #sealed: Segment[] = [];
  #open: string[] = [];

  get length(): number {
    return this.#length;
  }

  push(event: EventInput): void {
    const row = this.#length;
    if (row === this.#t.length) this.#grow();
    this.#t[row] = event.t;
    this.#index[row] = event.index;
    this.#size[row] = event.size;
    this.#name[row] = this.#nameId(event.name);
    this.#kind[row] = LANES.indexOf(event.lane) | (event.late ? LATE : 0);
    this.#open.push(event.preview.slice(0, MAX_PREVIEW));
    this.#length++;
    if (this.#open.length === SEGMENT) this.#seal();
  }

  /** Milliseconds since the request's start. */
  time(row: number): number {
    return this.#t[row] ?? 0;
  }

  gap(row: number): number {
    return row > 0 ? this.time(row) - this.time(row - 1) : 0;
  }

  name(row: number): string {
    return this.#names[this.#name[row] ?? 0] ?? '';
  }

  size(row: number): number {
    return this.#size[row] ?? 0;
  }

  lane(row: number): Lane | null {
    return LANES[(this.#kind[row] ?? 0) & ~LATE] ?? null;
  }

  preview(row: number): string {
    const segment = this.#sealed[row >> SEGMENT_BITS];
    if (!segment) return this.#open[row & (SEGMENT - 1)] ?? '';
    const at = row & (SEGMENT - 1);
    return segment.text.slice(at === 0 ? 0 : segment.ends[at - 1], segment.ends[at]);
  }

  row(row: number): EventRow {
    return {
      index: this.#index[row] ?? 0,
      t: this.time(row),
      gap: this.gap(row),
      name: this.name(row),
      preview: this.preview(row),
      size: this.size(row),
      lane: this.lane(row),
      late: ((this.#kind[row] ?? 0) & LATE) !== 0,
    };
  }

  #nameId(name: string): number {
    const known = this.#nameIds.get(name);
    if (known !== undefined) return known;
    if (this.#names.length >= MAX_NAMES) return MAX_NAMES - 1;
    const id = this.#names.length;
    this.#names.push(id === MAX_NAMES - 1 ? '…' : name);
    this.#nameIds.set(name, id);
    return id;
  }

  // 256 small strings become one: the garbage collector then has one object to look at instead of 256.
  #seal(): void {
    const ends = new Uint16Array(SEGMENT);
    let end = 0;
    for (let i = 0; i < SEGMENT; i++) {
      end += this.#open[i]?.length ?? 0;
      ends[i] = end;
    }
    this.#sealed.push({ text: this.#open.join(''), ends });
    this.#open = [];
  }

  #grow(): void {
    const size = this.#t.length * 2;
    const grown = <A extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(to: A, from: A): A => {
      to.set(from);
      return to;
    };
    this.#t = grown(new Float64Array(size), this.#t);
    this.#index = grown(new Uint32Array(size), this.#index);
    this.#size = grown(new Uint32Array(size), this.#size);
    this.#name = grown(new Uint16Array(size), this.#name);
    this.#kind = grown(new Uint8Array(size), this.#kind);
  }
}
