// UTF-16 in a world of bytes. Keys are ASCII, so a content in UTF-16 is narrowed to one byte per code unit, and what is
// found there is found at `start + 2 * index` of the content as stored.

import { asBuffer } from './buffers.ts';

/** One byte for each code unit, two bytes, of the content. */
export interface WideText {
  bytes: Uint8Array;
  /** All of the content is UTF-16; else these are its wide runs. */
  whole: boolean;
  /** Index in the text → offset in the content. */
  offsetOf(index: number): number;
  /** And back, for an offset that `offsetOf` has given. */
  indexOf(offset: number): number;
}

/** How much is looked at for a content without a mark, and how much of it must look like letters of UTF-16. */
const SAMPLE = 4096;
const WIDE_SHARE = 0.4;
const STRAY_SHARE = 0.05;
/** Anything above U+00FF: no rule's alphabet holds it. */
const NOT_LATIN = 0xff;
/** git calls a content binary that has a NUL byte in so many bytes. */
const BINARY_SAMPLE = 8000;
/** A shorter run of wide characters in a binary cannot hold a key. */
const LEAST_RUN = 16;
const GAP = new Uint8Array([10, NOT_LATIN, 10]);

export type ByteOrder = 'le' | 'be';

/** UTF-16 as a whole: by its mark, or by where the NUL bytes are in the first 4 KB. */
export function utf16Order(content: Uint8Array): { order: ByteOrder; mark: boolean } | null {
  if (content[0] === 0xff && content[1] === 0xfe) return { order: 'le', mark: true };
  if (content[0] === 0xfe && content[1] === 0xff) return { order: 'be', mark: true };
  const sample = content.subarray(0, SAMPLE);
  const units = sample.length >> 1;
  if (units < 2 || !asBuffer(sample).includes(0)) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < units * 2; i += 2) {
    if (sample[i] === 0) even++;
    if (sample[i + 1] === 0) odd++;
  }
  if (odd >= units * WIDE_SHARE && even <= units * STRAY_SHARE) return { order: 'le', mark: false };
  if (even >= units * WIDE_SHARE && odd <= units * STRAY_SHARE) return { order: 'be', mark: false };
  return null;
}

/** Has a NUL byte at its beginning, and is not UTF-16. Counted only: binary contents are matched like all others. */
export function isBinary(content: Uint8Array): boolean {
  return asBuffer(content.subarray(0, BINARY_SAMPLE)).includes(0) && utf16Order(content) === null;
}

/** The wide text of a content: all of it when it is UTF-16, else the wide runs of a content that has NUL bytes. */
export function wideText(content: Uint8Array): WideText | null {
  const found = utf16Order(content);
  if (found) return narrow(content, found.mark ? 2 : 0, found.order);
  const first = asBuffer(content).indexOf(0);
  if (first === -1) return null;
  const runs = wideRuns(content, Math.max(0, first - 1));
  return runs.length === 0 ? null : joined(content, runs);
}

function narrow(content: Uint8Array, start: number, order: ByteOrder): WideText {
  const units = (content.length - start) >> 1;
  const bytes = new Uint8Array(units);
  const low = start + (order === 'le' ? 0 : 1);
  const high = start + (order === 'le' ? 1 : 0);
  for (let i = 0; i < units; i++) bytes[i] = content[high + 2 * i] === 0 ? content[low + 2 * i]! : NOT_LATIN;
  return {
    bytes,
    whole: true,
    offsetOf: (index) => start + 2 * index,
    indexOf: (offset) => (offset - start) >> 1,
  };
}

/** Of a run: offset of its first character's own byte, and number of characters. */
type Run = readonly [at: number, length: number];

/** UTF-16 inside something else: strings of a program, or lines that a shell has appended in another encoding. */
function wideRuns(content: Uint8Array, from: number): Run[] {
  const runs: Run[] = [];
  const last = content.length - 1;
  let i = from;
  while (i < last) {
    if (content[i + 1] !== 0 || !isPrintable(content[i]!)) {
      i++;
      continue;
    }
    let end = i + 2;
    while (end < last && content[end + 1] === 0 && isPrintable(content[end]!)) end += 2;
    const length = (end - i) / 2 + (endsHighFirst(content, i, end) ? 1 : 0);
    if (length >= LEAST_RUN) runs.push([i, length]);
    i = end;
  }
  return runs;
}

/** With the high byte first, the last character of a run has no NUL behind it. */
function endsHighFirst(content: Uint8Array, start: number, end: number): boolean {
  if (end >= content.length || !isPrintable(content[end]!)) return false;
  const after = content[end + 1];
  return content[start - 1] === 0 || after === undefined || !isPrintable(after);
}

/** All runs as one text; what stands between them no alphabet of a key holds. */
function joined(content: Uint8Array, runs: readonly Run[]): WideText {
  const starts = new Int32Array(runs.length);
  let size = 0;
  for (const [index, [, length]] of runs.entries()) {
    starts[index] = size;
    size += length + GAP.length;
  }
  const bytes = new Uint8Array(size);
  for (const [index, [at, length]] of runs.entries()) {
    const start = starts[index]!;
    for (let i = 0; i < length; i++) bytes[start + i] = content[at + 2 * i]!;
    bytes.set(GAP, start + length);
  }
  const offsets = Int32Array.from(runs, ([at]) => at);
  return {
    bytes,
    whole: false,
    offsetOf(index) {
      const run = lastAtMost(starts, index);
      return offsets[run]! + 2 * (index - starts[run]!);
    },
    indexOf(offset) {
      const run = lastAtMost(offsets, offset);
      return starts[run]! + ((offset - offsets[run]!) >> 1);
    },
  };
}

/** Index of the last of the rising `numbers` that is not above `wanted`. */
export function lastAtMost(numbers: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = numbers.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= wanted) low = middle;
    else high = middle;
  }
  return low;
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13;
}
