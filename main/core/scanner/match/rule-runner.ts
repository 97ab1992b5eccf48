// One rule's expression over its windows. An expression sees a slice only, so that its cost is bounded; where a match
// reaches the end of the slice and the content goes on, it is tried again on a longer one, or a key would be cut.
import type { Rule } from '../model.ts';
import { isPlaceholder } from '../rules/placeholders.ts';
import { latin1 } from './buffers.ts';
import { entropyOf } from './entropy.ts';
import { StartGate } from './start-gate.ts';
import type { Windows } from './windows.ts';

/** A secret and its place in the text. */
export interface Hit {
  start: number;
  end: number;
  secret: string;
}

export interface Allowance {
  /** True when no more may be spent on this rule and content. */
  spent(): boolean;
}

/** False: no more is wanted. */
export type OnSecret = (hit: Hit) => boolean;

/** Bytes before a slice that look-behinds see, and after it that look-aheads see. */
const CONTEXT = 64;
/** A longer window is cut into pieces, between which the time is looked at. */
const PIECE = 8 * 1024;
/** A match longer than this is reported as far as it goes. */
const LONGEST_MATCH = 64 * 1024;
/** Reading the clock costs as much as a small window. */
const WINDOWS_PER_LOOK = 8;
const DEFAULT_REACH = { before: 168, after: 512 };
const STOP = -1;

/** Part of a text: matches that begin in `[from, to)` are looked for in `slice`. */
interface Piece {
  slice: string;
  sliceStart: number;
  sliceEnd: number;
  from: number;
  to: number;
}

export class RuleRunner {
  readonly rule: Rule;
  readonly before: number;
  readonly after: number;
  /** Not `null`: matches begin with an anchor that it admits, and are tried there only. */
  readonly gate: StartGate | null;
  #search: RegExp;
  #here: RegExp;
  /** The same with places of groups, which are slow to collect: run on what has matched. */
  #groups: RegExp;
  /** The last secret: the same one often stands many times in a content. */
  #judged = { secret: '', holds: false };

  constructor(rule: Rule) {
    this.rule = rule;
    this.gate = StartGate.of(rule);
    this.before = this.gate ? 0 : (rule.reach?.before ?? DEFAULT_REACH.before);
    this.after = rule.reach?.after ?? DEFAULT_REACH.after;
    const flags = rule.pattern.flags.replace(/[gyd]/g, '');
    this.#search = new RegExp(rule.pattern.source, `${flags}g`);
    this.#here = new RegExp(rule.pattern.source, `${flags}y`);
    this.#groups = new RegExp(rule.pattern.source, `${flags}dy`);
  }

  /** False: given up, because `allowance` is spent or `onSecret` wants no more. */
  run(text: Uint8Array, windows: Windows, allowance: Allowance, onSecret: OnSecret): boolean {
    const { spans } = windows;
    const starts = this.gate ? (windows.starts?.sort((a, b) => a - b) ?? null) : null;
    let looks = 0;
    for (let i = 0; i < spans.length; i += 2) {
      const end = spans[i + 1]!;
      for (let from = spans[i]!; from < end; ) {
        if ((end - from > PIECE || ++looks % WINDOWS_PER_LOOK === 0) && allowance.spent()) return false;
        const next = this.#runPiece(text, this.#cut(text, from, end), starts, onSecret);
        if (next === STOP) return false;
        from = next;
      }
    }
    return true;
  }

  #cut(text: Uint8Array, from: number, end: number): Piece {
    const to = Math.min(end, from + PIECE);
    const sliceStart = Math.max(0, from - CONTEXT);
    const sliceEnd = Math.min(text.length, Math.min(end, to + this.before + this.after) + CONTEXT);
    return { slice: latin1(text, sliceStart, sliceEnd), sliceStart, sliceEnd, from, to };
  }

  /** Where to go on, or STOP. */
  #runPiece(text: Uint8Array, piece: Piece, starts: readonly number[] | null, onSecret: OnSecret): number {
    const { sliceStart, sliceEnd, to } = piece;
    let from = piece.from;
    while (from < to) {
      const found = starts ? this.#atStarts(piece, from, starts) : this.#anywhere(piece, from);
      if (found === null) return to;
      const start = sliceStart + found.index;
      const cut = start + found[0].length >= sliceEnd && sliceEnd < text.length;
      const next = cut ? this.#extended(text, start, onSecret) : this.#settle(piece, start, onSecret);
      if (next === STOP) return STOP;
      // What matched nothing, or no longer matches when more is seen, must not hold the search.
      from = Math.max(next, start + 1);
    }
    return from;
  }

  #anywhere({ slice, sliceStart, to }: Piece, from: number): RegExpExecArray | null {
    this.#search.lastIndex = from - sliceStart;
    const found = this.#search.exec(slice);
    return found !== null && sliceStart + found.index < to ? found : null;
  }

  #atStarts(
    { slice, sliceStart, to }: Piece,
    from: number,
    starts: readonly number[],
  ): RegExpExecArray | null {
    for (let i = firstAtLeast(starts, from); i < starts.length && starts[i]! < to; i++) {
      this.#here.lastIndex = starts[i]! - sliceStart;
      const found = this.#here.exec(slice);
      if (found !== null) return found;
    }
    return null;
  }

  /** A match at `start` again, with more and more behind it. */
  #extended(text: Uint8Array, start: number, onSecret: OnSecret): number {
    const sliceStart = Math.max(0, start - CONTEXT);
    for (let size = PIECE; ; size *= 2) {
      const sliceEnd = Math.min(text.length, start + size);
      const slice = latin1(text, sliceStart, sliceEnd);
      this.#here.lastIndex = start - sliceStart;
      const found = this.#here.exec(slice);
      if (found === null) return start + 1;
      const cut = start + found[0].length >= sliceEnd && sliceEnd < text.length;
      if (!cut || size >= LONGEST_MATCH) return this.#settle({ slice, sliceStart }, start, onSecret);
    }
  }

  /** What is known to match at `start`. */
  #settle(
    { slice, sliceStart }: Pick<Piece, 'slice' | 'sliceStart'>,
    at: number,
    onSecret: OnSecret,
  ): number {
    this.#groups.lastIndex = at - sliceStart;
    const found = this.#groups.exec(slice);
    if (found === null) return at + 1;
    const [start, end] = found.indices?.groups?.secret ?? found.indices![0]!;
    const next = at + found[0].length;
    const secret = utf8(slice.slice(start, end));
    if (secret === '' || !this.#holds(secret)) return next;
    return onSecret({ start: sliceStart + start, end: sliceStart + end, secret }) ? next : STOP;
  }

  #holds(secret: string): boolean {
    if (secret !== this.#judged.secret) this.#judged = { secret, holds: this.#judge(secret) };
    return this.#judged.holds;
  }

  #judge(secret: string): boolean {
    const { entropy, check } = this.rule;
    if (entropy !== undefined && entropyOf(secret) < entropy) return false;
    if (isPlaceholder(secret, this.rule)) return false;
    return check === undefined || check(secret);
  }
}

function firstAtLeast(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of latin1 text that holds bytes; almost always it is ASCII and stays as it is. */
function utf8(bytes: string): string {
  return /[\x80-\xff]/.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}
