// What a person types, as a query that cannot be wrong. Words are ANDed, "several words" in quotes must stand together,
// and the last word may be unfinished. Everything is quoted, so no input is syntax: https://www.sqlite.org/fts5.html#full_text_query_syntax

export interface SearchQuery {
  /** For FTS5's MATCH; empty when nothing in the query is a word to it. */
  match: string;
  /** Must be contained as they are, ASCII case aside: symbols, and scripts that put no space between words. */
  contains: string[];
}

/** FTS5's tokenizer: letters, digits and private use; it alone lacks the New Tai Lue vowels and two Vedic signs (measured). */
const WORD = /[\p{L}\p{N}\p{Co}]/u;
const NOT_A_WORD_TO_FTS5 = /[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]/gu;
/** To FTS5 a whole run of these is one word, so a part of it would not be found. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Beyond this many words a query is not narrowed any more. */
const MAX_TERMS = 32;
/** The index has prefixes of 2 and 3 characters; one character would read half of it. */
const MIN_PREFIX = 2;

/** Takes any text, never throws. Empty `match` and empty `contains`: nothing was asked. */
export function parseQuery(input: string): SearchQuery {
  const text = input.toWellFormed().replaceAll('\0', ' ');
  const query: SearchQuery = { match: '', contains: [] };
  const terms: string[] = [];
  let open = '';
  for (const [, phrase, word] of text.matchAll(/"([^"]*)"?|([^\s"]+)/gu)) {
    const term = (phrase ?? word ?? '').trim();
    if (!term || terms.length + query.contains.length >= MAX_TERMS) continue;
    open = '';
    if (UNSPACED.test(term) || !WORD.test(term.replace(NOT_A_WORD_TO_FTS5, '')))
      query.contains.push(lowerAscii(term));
    else {
      terms.push(`"${term}"`);
      if (phrase === undefined) open = term;
    }
  }
  const unfinished = open !== '' && /\S$/u.test(text) && lastWord(open).length >= MIN_PREFIX;
  query.match = terms.join(' AND ') + (unfinished ? ' *' : '');
  return query;
}

/** As SQLite's lower(): same length, so that positions stay right. */
export const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (run) => run.toLowerCase());

/** The characters after the last one that FTS5 splits at, e.g. `4` of `gpt-4`. */
const lastWord = (term: string): string => /[\p{L}\p{N}\p{M}\p{Co}]*$/u.exec(term)?.[0] ?? '';
