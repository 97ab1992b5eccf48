// Full-text search over name, model, prompt and answer. Newest first reads the index backwards and stops when the page is
// full, whatever the size of the history; best match ranks the newest 20,000 matches only.
import type { DatabaseSync } from 'node:sqlite';
import type { Snippet } from '../../../preload/contract/history.ts';
import { afterRanked, afterSeq, parseAfterRanked, parseAfterSeq } from './cursor.ts';
import type { ListInput } from './list-requests.ts';
import { type Condition, filterCondition } from './row-filter.ts';
import type { SearchQuery } from './search-query.ts';
import {
  FIELDS,
  markedSnippet,
  newMarks,
  plainSnippet,
  SNIPPET_COLUMNS,
  snippetParameters,
} from './snippet.ts';

type Hit = { seq: number; snippet: Snippet | null };
type Page = { hits: Hit[]; next: string | null; total: number | null };

const RANKED = 20_000;
const COUNT_STEP = 5_000;
/** Counting goes on until this many milliseconds after the search began; beyond, the total is not known. */
const COUNT_MS = 25;

export function createTextSearch(db: DatabaseSync) {
  let ranking: { key: string; seqs: number[] } | undefined;

  /** Newest first among the rows under `below`. */
  const newest = (query: SearchQuery, input: ListInput, below: number, limit: number): Hit[] => {
    if (!query.match) return unindexed(query, input, below, limit);
    const marks = newMarks();
    const source = matching(query, input);
    const rows = db
      .prepare(
        `SELECT rowid AS seq, ${SNIPPET_COLUMNS} ${source.sql} AND rowid < ? ORDER BY rowid DESC LIMIT ?`,
      )
      .all(...snippetParameters(marks), ...source.parameters, below, limit);
    return rows.map((row) => ({
      seq: row.seq as number,
      snippet: markedSnippet(row, marks, query.contains),
    }));
  };

  /** Nothing in the query is in the index: reads the texts themselves, newest first, until the page is full. */
  const unindexed = (query: SearchQuery, input: ListInput, below: number, limit: number): Hit[] => {
    const source = matching(query, input);
    const rows = db
      .prepare(`SELECT seq, ${FIELDS.join(', ')} ${source.sql} AND seq < ? ORDER BY seq DESC LIMIT ?`)
      .all(...source.parameters, below, limit);
    return rows.map((row) => ({ seq: row.seq as number, snippet: plainSnippet(row, query.contains) }));
  };

  /** Sequence numbers of the newest matches up to `top`, best first. Kept for the pages that follow. */
  const ranked = (query: SearchQuery, input: ListInput, top: number): number[] => {
    const key = JSON.stringify([query, input.filter, top]);
    if (ranking?.key !== key) {
      const source = matching(query, input);
      const seqs = db
        .prepare(
          `SELECT seq FROM (SELECT rowid AS seq, rank AS score ${source.sql} AND rowid <= ? ORDER BY rowid DESC LIMIT ${RANKED})
           ORDER BY score, seq DESC`,
        )
        .all(...source.parameters, top)
        .map((row) => row.seq as number);
      ranking = { key, seqs };
    }
    return ranking.seqs;
  };

  const snippetsOf = (query: SearchQuery, input: ListInput, seqs: number[]): Hit[] => {
    if (seqs.length === 0) return [];
    const marks = newMarks();
    const source = matching(query, input);
    // The plus keeps SQLite from running the whole search again for each number.
    const rows = db
      .prepare(
        `SELECT rowid AS seq, ${SNIPPET_COLUMNS} ${source.sql}
         AND rowid BETWEEN ? AND ? AND +rowid IN (SELECT value FROM json_each(?))`,
      )
      .all(
        ...snippetParameters(marks),
        ...source.parameters,
        Math.min(...seqs),
        Math.max(...seqs),
        JSON.stringify(seqs),
      );
    const found = new Map(rows.map((row) => [row.seq as number, markedSnippet(row, marks, query.contains)]));
    return seqs.filter((seq) => found.has(seq)).map((seq) => ({ seq, snippet: found.get(seq) ?? null }));
  };

  /** All matches, or `null` when `until` comes first. In steps, because one query cannot be told to hurry. */
  const count = (query: SearchQuery, input: ListInput, until: number): number | null => {
    const index = matchingIndex(query);
    const fits = fitting(query, input, 'hit.seq');
    const step = db.prepare(
      `SELECT count(*) AS looked, min(hit.seq) AS low, count(CASE WHEN ${fits.sql} THEN 1 END) AS n FROM
       (SELECT ${index.column} AS seq ${index.sql} AND ${index.column} < ? ORDER BY ${index.column} DESC LIMIT ${COUNT_STEP}) AS hit`,
    );
    let total = 0;
    let below = Number.MAX_SAFE_INTEGER;
    while (performance.now() < until) {
      const row = step.get(...fits.parameters, ...index.parameters, below);
      const { looked, low, n } = row as { looked: number; low: number; n: number };
      total += n;
      if (looked < COUNT_STEP) return total;
      below = low;
    }
    return null;
  };

  const newestPage = (query: SearchQuery, input: ListInput): Page => {
    const until = performance.now() + COUNT_MS;
    const found = newest(query, input, parseAfterSeq(input.before), input.limit + 1);
    const hits = found.slice(0, input.limit);
    const whole = input.before === null && found.length === hits.length;
    return {
      hits,
      next: whole || found.length === hits.length ? null : afterSeq(hits.at(-1)!.seq),
      total: whole ? hits.length : count(query, input, until),
    };
  };

  const bestPage = (query: SearchQuery, input: ListInput): Page => {
    const place = parseAfterRanked(input.before) ?? { top: newestSeq(db), shown: 0 };
    const seqs = ranked(query, input, place.top);
    const shown = place.shown + input.limit;
    return {
      hits: snippetsOf(query, input, seqs.slice(place.shown, shown)),
      next: shown < seqs.length ? afterRanked({ top: place.top, shown }) : null,
      total: seqs.length < RANKED ? seqs.length : count(query, input, performance.now() + COUNT_MS),
    };
  };

  return {
    /** One page. Without a word that the index knows there is no rank, so the order is newest first. */
    page: (query: SearchQuery, input: ListInput): Page =>
      input.order === 'best' && query.match ? bestPage(query, input) : newestPage(query, input),
  };
}

/** FROM and WHERE for what the index, or without a word the table itself, has for the query. */
function matchingIndex({ match }: SearchQuery): Condition & { column: string } {
  if (match) return { sql: 'FROM search WHERE search MATCH ?', parameters: [match], column: 'search.rowid' };
  return { sql: 'FROM texts WHERE true', parameters: [], column: 'texts.seq' };
}

/** What else must hold for the row whose number is in `column`. */
function fitting(query: SearchQuery, input: ListInput, column: string): Condition {
  const filter = filterCondition(input.filter, column);
  const anyField = FIELDS.map((field) => `instr(lower(t.${field}), ?)`).join(' OR ');
  const contains = query.contains.map(
    () => `EXISTS (SELECT 1 FROM texts AS t WHERE t.seq = ${column} AND (${anyField}))`,
  );
  return {
    sql: [...contains, filter.sql].join(' AND '),
    parameters: [...query.contains.flatMap((part) => FIELDS.map(() => part)), ...filter.parameters],
  };
}

/** FROM and WHERE for all rows that are found; `go_on` is the way to stop it, see list-requests.ts. */
function matching(query: SearchQuery, input: ListInput): Condition {
  const index = matchingIndex(query);
  const fits = fitting(query, input, index.column);
  return {
    sql: `${index.sql} AND go_on() AND ${fits.sql}`,
    parameters: [...index.parameters, ...fits.parameters],
  };
}

const newestSeq = (db: DatabaseSync): number =>
  (db.prepare('SELECT max(seq) AS seq FROM requests').get()?.seq as number | null) ?? 0;
