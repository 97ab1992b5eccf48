// What the History screen shows of itself: the search, the selection, the open tab. Outlives a change of screen.
import { create } from 'zustand';
import { mergeTerms, type ProviderName, type Term, takeTerms, toggleTerm } from './query.ts';

export type Order = 'newest' | 'best';
export type DetailTab = 'request' | 'response' | 'events' | 'headers';

interface HistoryView {
  /** Finished filter words. */
  terms: readonly Term[];
  /** What stands in the search field, as typed. */
  input: string;
  order: Order;
  selectedId: string | null;
  tab: DetailTab;
  /** Request the user was asked to confirm the deletion of; `all` for everything. */
  deleting: { id: string; name: string } | 'all' | null;
}

export const useHistoryView = create<HistoryView>()(() => ({
  terms: [],
  input: '',
  order: 'newest',
  selectedId: null,
  tab: 'response',
  deleting: null,
}));

const set = useHistoryView.setState;

/** Takes what was typed; filter words followed by a space become chips. */
export function typeSearch(input: string, providers: readonly ProviderName[]) {
  const { terms, rest } = takeTerms(input, providers);
  set((view) => ({ input: rest, terms: mergeTerms(view.terms, terms) }));
}

/** Enter: every known filter word becomes a chip, the rest stays. */
export function commitSearch(providers: readonly ProviderName[]) {
  const { input } = useHistoryView.getState();
  typeSearch(`${input} `, providers);
  set((view) => ({ input: view.input.trimEnd() }));
}

/** Backspace at the start of the field. */
export const dropLastTerm = () => set(({ terms }) => ({ terms: terms.slice(0, -1) }));
export const toggle = (term: Term) => set(({ terms }) => ({ terms: toggleTerm(terms, term) }));
export const clearText = () => set({ input: '' });
export const clearTerms = () => set({ terms: [] });
export const clearSearch = () => set({ terms: [], input: '' });
export const setOrder = (order: Order) => set({ order });
export const selectEntry = (id: string | null) => set({ selectedId: id });
export const setTab = (tab: DetailTab) => set({ tab });
export const askDelete = (deleting: HistoryView['deleting']) => set({ deleting });

/**
 * Replaces the whole search, e.g. from the palette. The trailing space makes its filter words finished ones: the
 * field turns them into chips as soon as providers are known.
 */
export const searchFor = (q: string) => set({ terms: [], input: q === '' ? '' : `${q} `, selectedId: null });
