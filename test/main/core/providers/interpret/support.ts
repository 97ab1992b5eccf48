import type { Interpreter, Piece } from '../../../../../main/core/providers/provider.ts';

/** Feeds events as `[name, data]`; objects become JSON. */
export const feed = (interpreter: Interpreter, events: readonly (readonly [string, unknown])[]): Piece[] =>
  events.flatMap(([name, data]) =>
    interpreter.event(name, typeof data === 'string' ? data : JSON.stringify(data)),
  );

/** Text per lane, in order. */
export function lanes(pieces: readonly Piece[]): Record<string, string> {
  const out: Record<string, string> = {};
  for (const piece of pieces)
    if (piece.kind === 'text') out[piece.lane] = (out[piece.lane] ?? '') + piece.text;
  return out;
}

export const kinds = (pieces: readonly Piece[]): string[] => pieces.map((piece) => piece.kind);
export const lastUsage = (pieces: readonly Piece[]) =>
  pieces.findLast((piece) => piece.kind === 'usage')?.usage;
export const finish = (pieces: readonly Piece[]) => pieces.find((piece) => piece.kind === 'finish')?.reason;
export const errors = (pieces: readonly Piece[]) => pieces.filter((piece) => piece.kind === 'error');
