// The lines around a finding, for people to look at. What any rule or known key takes for a secret is masked, and nothing
// in a hostile file can reach the screen as a control character or as a line of a megabyte.
import type { ContextLine } from '../../../../preload/contract/scanner.ts';
import type { Matcher } from '../model.ts';
import { asBuffer } from './buffers.ts';
import { maskSecret } from './mask.ts';
import { type ByteOrder, lastAtMost, utf16Order, wideText } from './wide-text.ts';

/** Characters of a line, and those of them before what the line is shown for. */
const WIDTH = 240;
const LEAD = 100;
/** Lines on each side, at most. */
const MOST_LINES = 50;
const NEWLINE = 10;
const CUT = '…';
/** The later lines of a secret of several lines. */
const HIDDEN = '··';

interface Shown {
  content: Uint8Array;
  /** One byte per unit of text; indexes are in these. */
  units: Buffer;
  order: ByteOrder | null;
  /** Bytes of the content before the first unit. */
  base: number;
  /** Pairs of start and end of what is masked, in units. */
  claimed: number[];
}

/**
 * `line` and `count` lines before and after it, as far as there are any. `line` is 1-based; `column` is the finding's,
 * for a line that is too long to be shown whole.
 */
export function maskedLines(
  content: Uint8Array,
  line: number,
  count: number,
  matcher: Matcher,
  column?: number,
): ContextLine[] {
  const shown = shownOf(content, matcher);
  const sides = Math.min(Math.max(count, 0), MOST_LINES);
  const lines: ContextLine[] = [];
  let start = 0;
  for (let number = 1; number <= line + sides && start <= shown.units.length; number++) {
    const newline = shown.units.indexOf(NEWLINE, start);
    const end = newline === -1 ? shown.units.length : newline;
    if (number >= line - sides) {
      const focus = number === line && column !== undefined ? start + column - 1 : null;
      lines.push({ line: number, ...lineOf(shown, start, end, focus) });
    }
    start = end + 1;
    if (newline === -1 || (end === shown.units.length - 1 && number >= line)) break;
  }
  return lines;
}

function shownOf(content: Uint8Array, matcher: Matcher): Shown {
  const { claimed } = matcher.match(content);
  const found = utf16Order(content);
  const wide = found === null ? null : wideText(content);
  if (found === null || wide === null)
    return { content, units: asBuffer(content), order: null, base: 0, claimed };
  const base = wide.offsetOf(0);
  const units = claimed.map((offset, i) => (i % 2 === 0 ? offset - base : offset - base + 1) >> 1);
  return { content, units: asBuffer(wide.bytes), order: found.order, base, claimed: units };
}

function lineOf(shown: Shown, start: number, lineEnd: number, focus: number | null) {
  const end = lineEnd > start && shown.units[lineEnd - 1] === 13 ? lineEnd - 1 : lineEnd;
  const first = firstClaim(shown.claimed, start);
  const firstAt = Math.max(start, shown.claimed[first] ?? start);
  const at = Math.min(focus ?? firstAt, end);
  let from = end - start <= WIDTH ? start : Math.max(start, characterStart(shown, at - LEAD));
  let text = from > start ? CUT : '';
  const masked: [number, number][] = [];
  for (let claim = firstClaim(shown.claimed, from); from < end && text.length < WIDTH; claim += 2) {
    const [claimStart = end, claimEnd = end] = shown.claimed.slice(claim, claim + 2);
    const room = characterStart(shown, from + WIDTH - text.length);
    const clearEnd = Math.min(end, Math.max(from, claimStart), Math.max(from + 1, room));
    text += readable(decode(shown, from, clearEnd));
    from = clearEnd;
    if (from < claimStart || from >= end) continue;
    const mask = claimStart < start ? HIDDEN : maskOf(shown, claimStart, claimEnd);
    masked.push([text.length, text.length + mask.length]);
    text += mask;
    from = Math.min(end, claimEnd);
  }
  return { text: from < end ? text + CUT : text, masked };
}

/** `index`, or a little before it, so that no character of UTF-8 is cut by our own cutting. */
function characterStart({ units, order }: Shown, index: number): number {
  if (order !== null) return index;
  for (let at = index; at > index - 4 && at >= 0; at--) if ((units[at]! & 0xc0) !== 0x80) return at;
  return index;
}

/** Index of the first claim that ends after `index`; may be past the last one. */
function firstClaim(claimed: readonly number[], index: number): number {
  if (claimed.length === 0 || claimed[0]! > index) return 0;
  const at = lastAtMost(claimed, index);
  // Odd: between two claims, since a claim's end is not part of it.
  return at % 2 === 0 ? at : at + 1;
}

function maskOf(shown: Shown, start: number, end: number): string {
  // Ends are enough for a mask: a claim may be as long as the file.
  if (end - start <= WIDTH * 2) return readable(maskSecret(decode(shown, start, end)));
  return readable(maskSecret(decode(shown, start, start + WIDTH) + decode(shown, end - WIDTH, end)));
}

function decode({ content, order, base }: Shown, start: number, end: number): string {
  if (order === null) return asBuffer(content).toString('utf8', start, end);
  const encoding = order === 'le' ? 'utf-16le' : 'utf-16be';
  const bytes = content.subarray(base + 2 * start, base + 2 * end);
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

/** Controls as their pictures, and what turns or hides text by its number. Tabs stay. */
function readable(text: string): string {
  return text
    .replace(/[\x00-\x08\x0a-\x1f]/g, (one) => String.fromCharCode(0x2400 + one.charCodeAt(0)))
    .replace(/\x7f/g, '\u2421')
    .replace(/[\x80-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => `<U+${hex(one.codePointAt(0)!)}>`);
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
