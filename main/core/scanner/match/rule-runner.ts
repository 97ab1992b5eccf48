// One rule's expression over its windows. An expression sees a slice only, so that its cost is bounded; where a match
// reaches the end of the slice and the content goes on, it is tried again on a longer one, or a key would be cut.
import type { Rule } from '../model.ts';
import { latin1 } from './buffers.ts';
import { entropyOf } from './entropy.ts';
import { isPlaceholder } from './placeholder.ts';

/** What a match of the expression gave: where the secret is in the text. */
export interface Hit {
  start: number;
  end: number;
  secret: string;
}

export interface Allowance {
  /** True when no more may be spent on this rule and content. */
  spent(): boolean;
}

/** Bytes before a slice that look-behinds see, and after it that look-aheads see. */
const CONTEXT = 64;
/** A longer window is cut into pieces, between which the time is looked at. */
const PIECE = 8 * 1024;
/** A match longer than this is reported as far as it goes. */
const LONGEST_MATCH = 64 * 1024;
/** Reading the clock costs as much as a small window. */
const WINDOWS_PER_LOOK = 8;
export const DEFAULT_REACH = { before: 168, after: 512 };

export class RuleRunner {
  readonly rule: Rule;
  readonly before: number;
  readonly after: number;
  #find: RegExp;
  /** The same with places of groups, which are slow to collect: run on what has matched. */
  #locate: RegExp;

  constructor(rule: Rule) {
    this.rule = rule;
    this.before = rule.reach?.before ?? DEFAULT_REACH.before;
    this.after = rule.reach?.after ?? DEFAULT_REACH.after;
    const flags = rule.pattern.flags.replace(/[gyd]/g, '');
    this.#find = new RegExp(rule.pattern.source, `${flags}g`);
    this.#locate = new RegExp(rule.pattern.source, `${flags}dy`);
  }

  /** `spans`: pairs of start and end. False: given up, because `allowance` is spent or `onHit` wants no more. */
  run(
    text: Uint8Array,
    spans: readonly number[],
    allowance: Allowance,
    onHit: (hit: Hit) => boolean,
  ): boolean {
    let looks = 0;
    for (let i = 0; i < spans.length; i += 2) {
      let from = spans[i]!;
      const end = spans[i + 1]!;
      while (from < end) {
        if ((end - from > PIECE || ++looks % WINDOWS_PER_LOOK === 0) && allowance.spent()) return false;
        const next = this.#piece(text, from, Math.min(end, from + PIECE), end, onHit);
        if (next < 0) return false;
        from = next;
      }
    }
    return true;
  }

  /** All matches that begin in `[from, to)` and are not longer than the window lets them. -1: no more wanted. */
  #piece(
    text: Uint8Array,
    from: number,
    to: number,
    windowEnd: number,
    onHit: (hit: Hit) => boolean,
  ): number {
    const sliceStart = Math.max(0, from - CONTEXT);
    const reach = this.before + this.after;
    const sliceEnd = Math.min(text.length, Math.min(windowEnd, to + reach) + CONTEXT);
    const slice = latin1(text, sliceStart, sliceEnd);
    const find = this.#find;
    find.lastIndex = from - sliceStart;
    for (;;) {
      const found = find.exec(slice);
      if (found === null || sliceStart + found.index >= to) return to;
      const start = sliceStart + found.index;
      const end = start + found[0].length;
      const uncertain = end >= sliceEnd && sliceEnd < text.length;
      const done = uncertain
        ? this.#extended(text, start, onHit)
        : this.#settle(slice, sliceStart, found.index, onHit);
      if (done < 0) return -1;
      // What matched nothing, or no longer matches when more is seen, must not hold the search.
      const next = Math.max(done, start + 1);
      if (next >= to) return next;
      find.lastIndex = next - sliceStart;
      if (find.lastIndex > slice.length) return next;
    }
  }

  /** A match at `start` again, with more and more behind it. Where the search goes on; -1: no more wanted. */
  #extended(text: Uint8Array, start: number, onHit: (hit: Hit) => boolean): number {
    const sliceStart = Math.max(0, start - CONTEXT);
    for (let size = PIECE; ; size *= 2) {
      const sliceEnd = Math.min(text.length, start + size);
      const slice = latin1(text, sliceStart, sliceEnd);
      this.#locate.lastIndex = start - sliceStart;
      const found = this.#locate.exec(slice);
      const touches = found !== null && sliceStart + found.index + found[0].length >= sliceEnd;
      if (touches && sliceEnd < text.length && size < LONGEST_MATCH) continue;
      return found === null ? start + 1 : this.#settle(slice, sliceStart, found.index, onHit);
    }
  }

  #settle(slice: string, sliceStart: number, index: number, onHit: (hit: Hit) => boolean): number {
    this.#locate.lastIndex = index;
    const found = this.#locate.exec(slice);
    if (found === null) return sliceStart + index + 1;
    const [start, end] = found.indices?.groups?.secret ?? found.indices![0]!;
    const next = sliceStart + index + found[0].length;
    if (end === start) return next;
    const secret = utf8(slice.slice(start, end));
    if (!this.#holds(secret)) return next;
    return onHit({ start: sliceStart + start, end: sliceStart + end, secret }) ? next : -1;
  }

  #holds(secret: string): boolean {
    const { entropy, check } = this.rule;
    if (entropy !== undefined && entropyOf(secret) < entropy) return false;
    if (isPlaceholder(secret, this.rule)) return false;
    return check === undefined || check(secret);
  }
}

/** Of latin1 text that holds bytes; almost always it is ASCII and stays as it is. */
function utf8(bytes: string): string {
  return /[\x80-\xff]/.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}
