// Where the words were found, as plain text and ranges of UTF-16 units. FTS5 knows exactly what it matched, so it sets
// marks; they hold a random part, because any fixed one could be in the text itself.
import { randomBytes } from 'node:crypto';
import type { Snippet } from '../../../preload/contract/history.ts';
import { lowerAscii } from './search-query.ts';

export type Range = [start: number, end: number];
export type Marks = { open: string; close: string; cut: string };

export const FIELDS = ['prompt', 'answer', 'name', 'model'] as const;
/** Order of the columns in the table `search`. */
const COLUMNS = ['name', 'model', 'prompt', 'answer'];
const TOKENS = 24;
const BEFORE = 40;
const AFTER = 160;

export function newMarks(): Marks {
  const nonce = randomBytes(8).toString('hex');
  return { open: `\u0001${nonce}(`, close: `\u0001${nonce})`, cut: `\u0001${nonce}~` };
}

/** Result columns, one per field, each with three parameters: open, close, cut. */
export const SNIPPET_COLUMNS = FIELDS.map(
  (field) => `snippet(search, ${COLUMNS.indexOf(field)}, ?, ?, ?, ${TOKENS}) AS ${field}`,
).join(', ');
export const snippetParameters = ({ open, close, cut }: Marks): string[] =>
  FIELDS.flatMap(() => [open, close, cut]);

/** The first field that has a match. `contains` adds what FTS5 did not search for. */
export function markedSnippet(
  row: Record<string, unknown>,
  marks: Marks,
  contains: readonly string[],
): Snippet | null {
  for (const field of FIELDS) {
    const marked = row[field] as string;
    if (!marked.includes(marks.open)) continue;
    const { text, ranges } = unmark(marked, marks);
    return { field, text, ranges: merge([...ranges, ...occurrences(text, contains)]) };
  }
  return null;
}

/** For queries without a word: a piece of the first field that contains one of the parts. */
export function plainSnippet(row: Record<string, unknown>, contains: readonly string[]): Snippet | null {
  for (const field of FIELDS) {
    const whole = row[field] as string;
    const lower = lowerAscii(whole);
    const at = Math.min(...contains.map((part) => lower.indexOf(part)).filter((index) => index >= 0));
    if (!Number.isFinite(at)) continue;
    const start = characterStart(whole, at - BEFORE);
    const end = characterStart(whole, at + AFTER);
    const text = (start > 0 ? '…' : '') + whole.slice(start, end) + (end < whole.length ? '…' : '');
    return { field, text, ranges: merge(occurrences(text, contains)) };
  }
  return null;
}

function unmark(marked: string, marks: Marks): { text: string; ranges: Range[] } {
  const nonce = marks.open.slice(0, -1);
  const [first = '', ...parts] = marked.split(nonce);
  const ranges: Range[] = [];
  let text = first;
  let start = 0;
  for (const part of parts) {
    const kind = part[0];
    if (kind === '(') start = text.length;
    else if (kind === ')') ranges.push([start, text.length]);
    else text += '…';
    text += part.slice(1);
  }
  return { text, ranges };
}

function occurrences(text: string, contains: readonly string[]): Range[] {
  const lower = lowerAscii(text);
  const found: Range[] = [];
  for (const part of contains)
    for (let at = lower.indexOf(part); at >= 0; at = lower.indexOf(part, at + part.length))
      found.push([at, at + part.length]);
  return found;
}

function merge(ranges: Range[]): Range[] {
  const merged: Range[] = [];
  for (const [start, end] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** The index, or the one before it where it would cut a surrogate pair; within the text. */
function characterStart(text: string, index: number): number {
  if (index <= 0) return 0;
  if (index >= text.length) return text.length;
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index;
}
