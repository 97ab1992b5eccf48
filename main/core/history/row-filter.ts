// The filters of the history, on the indexes (state) and (provider, state), which both end in seq. A filter with several
// values is read value by value and merged: one IN (…) would sort all that match, or walk a million rows that do not.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { HistoryFilter } from '../../../preload/contract/history.ts';
import { RequestState } from '../../../preload/contract/requests.ts';

/** A condition, to be used in a WHERE clause, and its parameters. */
export interface Condition {
  sql: string;
  parameters: SQLInputValue[];
}

type Slice = { where: string; parameters: string[] };

export function createRowFilter(db: DatabaseSync) {
  /** Sequence numbers under `below`, newest first, `count` at the most. */
  const newest = (filter: HistoryFilter, below: number, count: number): number[] =>
    slices(filter)
      .flatMap(({ where, parameters }) =>
        db
          .prepare(`SELECT seq FROM requests WHERE ${where} AND seq < ? ORDER BY seq DESC LIMIT ?`)
          .all(...parameters, below, count),
      )
      .map((row) => row.seq as number)
      .sort((a, b) => b - a)
      .slice(0, count);

  const count = (filter: HistoryFilter): number =>
    slices(filter)
      .map(({ where, parameters }) =>
        db.prepare(`SELECT count(*) AS n FROM requests WHERE ${where}`).get(...parameters),
      )
      .reduce((sum, row) => sum + (row?.n as number), 0);

  return { newest, count };
}

/** The same filter for the rows of a text search, which are few enough to look each one up. */
export function filterCondition(filter: HistoryFilter, column: string): Condition {
  const parts: string[] = [];
  const parameters: string[] = [];
  for (const key of ['provider', 'state'] as const) {
    if (filter[key].length === 0) continue;
    parts.push(`r.${key} IN (SELECT value FROM json_each(?))`);
    parameters.push(JSON.stringify(filter[key]));
  }
  if (parts.length === 0) return { sql: 'true', parameters };
  const sql = `EXISTS (SELECT 1 FROM requests AS r WHERE r.seq = ${column} AND ${parts.join(' AND ')})`;
  return { sql, parameters };
}

/** Disjoint parts of the table that together are what the filter lets through. */
function slices({ provider, state }: HistoryFilter): Slice[] {
  const states = [...new Set(state)];
  if (provider.length === 0 && (states.length === 0 || states.length === RequestState.options.length))
    return [{ where: 'true', parameters: [] }];
  if (provider.length === 0) return states.map((one) => ({ where: 'state = ?', parameters: [one] }));
  return [...new Set(provider)].flatMap((one) =>
    (states.length > 0 ? states : RequestState.options).map((other) => ({
      where: 'provider = ? AND state = ?',
      parameters: [one, other],
    })),
  );
}
