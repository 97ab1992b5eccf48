import type { Pane } from '../../../stream/pane.ts';

/** Characters per token, on average, while the provider has not said its count. */
const CHARS_PER_TOKEN = 4;

export interface Figures {
  /** Tokens; `null` when not said. */
  input: number | null;
  output: number | null;
  /** `output` is worked out from the text. */
  estimated: boolean;
  /** Milliseconds from the first text to now or the end; `null` while there is no text, or all of it came at once. */
  rateMs: number | null;
}

/** An answer that came at once, or nearly so, has no rate: its tokens were not made in that time. */
const SHORTEST_MS = 50;

/** What the status line says of an answer; `elapsed` in milliseconds. */
export function figures(pane: Pane, elapsed: number): Figures {
  const { usage, ttft, end } = pane.facts;
  // Some providers send a first count with the first event: only the one at the end is the count of the answer, and an
  // answer that is not whole may never have had it.
  const told = end ? (usage?.output ?? null) : null;
  const guessed = pane.chars > 0 ? Math.ceil(pane.chars / CHARS_PER_TOKEN) : null;
  const said = end?.state !== 'complete' && (told ?? 0) < (guessed ?? 0) ? null : told;
  return {
    input: usage?.input ?? null,
    output: said ?? guessed,
    estimated: said === null && guessed !== null,
    rateMs: ttft === null || elapsed - ttft < SHORTEST_MS ? null : elapsed - ttft,
  };
}
