// What is typed into the search field, read as filters and full text. One grammar for the field, the sidebar,
// the chips and `searchHistory()` from elsewhere, so that all of them always agree.
import type { HistoryFilter } from '../../../preload/contract/history.ts';
import type { RequestState } from '../../../preload/contract/requests.ts';

/** Every state a request may be in, in the order in which filters list them. */
export const STATES = [
  'complete',
  'truncated',
  'error',
  'cancelled',
  'interrupted',
  'streaming',
] as const satisfies readonly RequestState[];

// What the screen calls a state may be typed as well, where that is another word.
const CALLED: ReadonlyMap<string, RequestState> = new Map([
  ['done', 'complete'],
  ['failed', 'error'],
]);

/** One filter word: `provider:openai`. */
export type Term = { field: 'provider'; value: string } | { field: 'state'; value: RequestState };

/** A search, taken apart. */
export interface HistoryQuery {
  terms: readonly Term[];
  /** Full text; empty means everything. */
  text: string;
}

/** A filter word that names something unknown; it is shown, never silently dropped or searched for. */
export interface Unknown {
  field: Term['field'];
  value: string;
}

/** A provider as far as the search knows it. */
export interface ProviderName {
  id: string;
  name: string;
}

// A word may hold quoted parts, and those may hold spaces.
const WORD = /(?:"[^"]*"?|[^\s"])+/g;
const FINISHED_WORD = /((?:"[^"]*"|[^\s"])+)\s+/g;
const TERM = /^(provider|state):"?([^"]*)"?$/i;

/**
 * Reads filter words out of `input`. Words in quotes stay text, so `"state:error"` searches for just that.
 * A provider matches by id or name, any case. `typing` leaves an unfinished last word out of both text and
 * unknowns, because nobody wants to be told off in mid-word.
 */
export function parseQuery(
  input: string,
  providers: readonly ProviderName[],
  { typing = false }: { typing?: boolean } = {},
): HistoryQuery & { unknown: Unknown[] } {
  const terms: Term[] = [];
  const text: string[] = [];
  const unknown: Unknown[] = [];
  const words = [...input.matchAll(WORD)].map((match) => ({
    word: match[0],
    last: match.index + match[0].length === input.length,
  }));
  for (const { word, last } of words) {
    const match = TERM.exec(word);
    if (!match) {
      text.push(word);
      continue;
    }
    const field = match[1]?.toLowerCase() as Term['field'];
    const values = (match[2] ?? '').split(',').filter((value) => value !== '');
    if (values.length === 0 && !(typing && last)) unknown.push({ field, value: '' });
    for (const value of values) {
      const term = readTerm(field, value, providers);
      if (term) {
        if (!has(terms, term)) terms.push(term);
      } else if (!(typing && last)) unknown.push({ field, value });
    }
  }
  return { terms, text: text.join(' '), unknown };
}

/**
 * Splits finished filter words (a space follows) off what is being typed: they become chips. The rest, and every
 * word that names nothing known, stays in the field exactly as typed.
 */
export function takeTerms(
  input: string,
  providers: readonly ProviderName[],
): { terms: Term[]; rest: string } {
  const terms: Term[] = [];
  const rest = input.replace(FINISHED_WORD, (whole, word: string) => {
    const parsed = parseQuery(word, providers);
    if (parsed.terms.length === 0 || parsed.unknown.length > 0) return whole;
    terms.push(...parsed.terms);
    return '';
  });
  return { terms, rest: terms.length > 0 ? rest.trimStart() : input };
}

/** The whole search: chips and field together. Filter words still in the field count already. */
export function effectiveQuery(
  chips: readonly Term[],
  input: string,
  providers: readonly ProviderName[],
): HistoryQuery & { unknown: Unknown[] } {
  const parsed = parseQuery(input, providers, { typing: true });
  return { ...parsed, terms: mergeTerms(chips, parsed.terms) };
}

/** Both lists, each term once, order kept. */
export function mergeTerms(first: readonly Term[], second: readonly Term[]): Term[] {
  const merged: Term[] = [];
  for (const term of [...first, ...second]) if (!has(merged, term)) merged.push(term);
  return merged;
}

/** Adds the term, or takes it away if it is there. */
export const toggleTerm = (terms: readonly Term[], term: Term): Term[] =>
  has(terms, term) ? terms.filter((one) => !same(one, term)) : [...terms, term];

export const hasTerm = (terms: readonly Term[], term: Term): boolean => has(terms, term);

/** The filter of `history.list`. */
export const toFilter = (terms: readonly Term[]): HistoryFilter => ({
  provider: terms.flatMap((term) => (term.field === 'provider' ? [term.value] : [])),
  state: terms.flatMap((term) => (term.field === 'state' ? [term.value] : [])),
});

function readTerm(field: Term['field'], value: string, providers: readonly ProviderName[]): Term | undefined {
  const wanted = value.toLowerCase();
  if (field === 'state') {
    const state = STATES.find((one) => one === wanted) ?? CALLED.get(wanted);
    return state && { field, value: state };
  }
  const provider = providers.find(
    ({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted,
  );
  return provider && { field, value: provider.id };
}

const same = (a: Term, b: Term) => a.field === b.field && a.value === b.value;
const has = (terms: readonly Term[], term: Term) => terms.some((one) => same(one, term));
