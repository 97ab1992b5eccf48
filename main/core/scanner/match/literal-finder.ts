// The two ways to find all literals in one pass; both report the same.
import { GramSearch } from './gram-search.ts';
import { buildAutomaton, type OnHit, scanWithTable } from './literal-automaton.ts';

export interface LiteralFinder {
  /** Reports every literal of `bytes`, in the order of place but for less than the length of a literal. */
  find(bytes: Uint8Array, onHit: OnHit): void;
}

/** The quick search where it can be had, else the automaton. `literals`: folded, each at least one byte. */
export function createFinder(literals: readonly Uint8Array[]): LiteralFinder {
  return GramSearch.create(literals) ?? automatonFinder(literals);
}

export function automatonFinder(literals: readonly Uint8Array[]): LiteralFinder {
  const automaton = buildAutomaton(literals);
  return { find: (bytes, onHit) => scanWithTable(automaton, bytes, onHit) };
}
