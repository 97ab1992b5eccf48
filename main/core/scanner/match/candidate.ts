// What rules and known keys say about one text, and which of them is told when several speak of the same bytes.
import type { KnownKey, Rule } from '../model.ts';
import { Windows } from './windows.ts';

/** Offsets are those of the content as stored. */
export interface Candidate {
  /** `null`: a form of a known key. */
  rule: Rule | null;
  /** Place of the rule in its set. */
  order: number;
  secret: string;
  start: number;
  end: number;
  /** Of a private key: where it ends altogether. */
  bodyEnd?: number;
  known: KnownKey | null;
}

/**
 * One candidate for each secret, in order of place: of those that overlap, the most specific one. A rule's name is told
 * rather than `known-key`, so that the fingerprint is the same on a machine without the key; but not where the rule saw
 * only a part of the key, or the rest of it would not be masked.
 */
export function mostSpecific(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const one of candidates.filter(({ rule }) => rule !== null).sort(bySpecificity)) {
    const [from, to] = overlapping(kept, one);
    if (from === to) kept.splice(from, 0, one);
  }
  for (const form of candidates.filter(({ rule }) => rule === null).sort(byLength)) {
    const [from, to] = overlapping(kept, form);
    const rival = kept[from];
    const covered = to - from === 1 && rival!.start <= form.start && rival!.end >= form.end;
    if (covered) rival!.known ??= form.known;
    else kept.splice(from, to - from, form);
  }
  return kept;
}

/** The range of those in `kept`, sorted and apart from each other, that share a byte with `one`. */
function overlapping(kept: readonly Candidate[], one: Candidate): [from: number, to: number] {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kept[middle]!.end <= one.start) low = middle + 1;
    else high = middle;
  }
  while (high < kept.length && kept[high]!.start < one.end) high++;
  return [low, high];
}

function byLength(a: Candidate, b: Candidate): number {
  return b.end - b.start - (a.end - a.start) || a.start - b.start;
}

function bySpecificity(a: Candidate, b: Candidate): number {
  const generic = Number(a.rule?.family === 'generic') - Number(b.rule?.family === 'generic');
  return generic || byLength(a, b) || a.order - b.order;
}

/** Pairs of start and end, rising and apart: all bytes of all candidates. */
export function claimedBy(candidates: readonly Candidate[]): number[] {
  const windows = new Windows();
  for (const { start, end, bodyEnd = end } of [...candidates].sort((a, b) => a.start - b.start))
    windows.add(start, bodyEnd);
  return windows.spans;
}
