// The part of a content that is matched again for the lines around a finding. A content may have megabytes and be hostile,
// and this is done while a person waits.

/** Bytes on each side: more than any rule reaches, and masked in a few milliseconds. */
const REACH = 256 * 1024;
const NEWLINE = 10;

export interface ContextWindow {
  content: Uint8Array;
  /** Of the finding, in the window. */
  line: number;
  column: number;
  /** To be added to a line's number in the window. */
  linesBefore: number;
  /** Numbers of the lines in the window that are not whole. */
  cut: readonly number[];
}

/** `line` and `column` are 1-based. For contents of one byte a character (everything but UTF-16). */
export function windowAround(content: Uint8Array, line: number, column: number): ContextWindow {
  if (content.length <= 2 * REACH) return { content, line, column, linesBefore: 0, cut: [] };
  const lineStart = startOf(content, line);
  const at = Math.min(content.length, lineStart + column - 1);
  const from = Math.max(0, at - REACH);
  const to = Math.min(content.length, at + REACH);
  const part = content.subarray(from, to);
  const linesBefore = newlinesIn(content.subarray(0, from));
  return {
    content: part,
    line: line - linesBefore,
    column: lineStart < from ? at - from + 1 : column,
    linesBefore,
    cut: [
      ...(from > 0 && content[from - 1] !== NEWLINE ? [1] : []),
      ...(to < content.length && content[to - 1] !== NEWLINE ? [newlinesIn(part) + 1] : []),
    ],
  };
}

function newlinesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

function startOf(content: Uint8Array, line: number): number {
  let start = 0;
  for (let number = 1; number < line; number++) {
    const newline = content.indexOf(NEWLINE, start);
    if (newline === -1) break;
    start = newline + 1;
  }
  return start;
}
