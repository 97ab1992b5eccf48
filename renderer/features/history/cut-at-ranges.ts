// Words found, cut into pieces that are drawn as text nodes. Nothing here or later is ever parsed as HTML:
// highlighted search results are a known way to stored XSS.

export interface Piece {
  /** Offset in the text; the React key. */
  at: number;
  text: string;
  found: boolean;
}

/**
 * Cuts `text` at `ranges` (start inclusive, end exclusive, UTF-16 code units). Ranges may touch, overlap, be out of
 * order or reach beyond the text; every character comes out exactly once.
 */
export function cutAtRanges(text: string, ranges: readonly (readonly [number, number])[]): Piece[] {
  const sorted = ranges
    .map(([from, to]) => [Math.max(0, from), Math.min(text.length, to)] as const)
    .filter(([from, to]) => from < to)
    .sort((a, b) => a[0] - b[0]);
  const pieces: Piece[] = [];
  let at = 0;
  for (const [from, to] of sorted) {
    if (to <= at) continue;
    const start = Math.max(at, from);
    if (start > at) pieces.push({ at, text: text.slice(at, start), found: false });
    const last = pieces.at(-1);
    // Overlapping ranges are one mark, not two side by side.
    if (last?.found && start === at && from < at) last.text += text.slice(start, to);
    else pieces.push({ at: start, text: text.slice(start, to), found: true });
    at = to;
  }
  if (at < text.length) pieces.push({ at, text: text.slice(at), found: false });
  return pieces;
}
