// Pages of the history: newest first by `seq` (clocks jump, it does not), filtered, searched. Keyset cursors only: an
// OFFSET into a million rows took 629 ms. Runs in the search worker, or in place for a database in memory.
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../preload/contract/errors.ts';
import type { HistoryPage } from '../../../preload/contract/history.ts';
import type { AppHandlers } from '../../../preload/contract/index.ts';
import { afterSeq, parseAfterSeq } from './cursor.ts';
import { ROW_COLUMNS, toHistoryRow } from './entry-rows.ts';
import { createRowFilter } from './row-filter.ts';
import { parseQuery } from './search-query.ts';
import { createTextSearch } from './text-search.ts';

export type ListInput = Parameters<AppHandlers['history.list']>[0];

/** Why a running list must stop, or `null` to go on. Asked for every row that is looked at. */
export type StopReason = () => 'cancelled' | 'deadline' | null;

export interface Lister {
  /** Throws `SEARCH_TIMEOUT`, `CANCELLED`, or `BAD_INPUT` for a cursor that is none. */
  list(input: ListInput, stop: StopReason): HistoryPage;
}

export function createLister(db: DatabaseSync): Lister {
  let stop: StopReason = () => null;
  // node:sqlite cannot be interrupted from outside, but a function of ours in the WHERE clause can throw.
  db.function('go_on', { deterministic: false, directOnly: true }, () => {
    const reason = stop();
    if (reason === null) return 1;
    throw reason === 'cancelled' ? new AppError('CANCELLED', 'Cancelled.') : tooLong();
  });
  const rowOf = db.prepare(`SELECT ${ROW_COLUMNS} FROM requests WHERE seq = ?`);
  const filter = createRowFilter(db);
  const search = createTextSearch(db);

  const browse = (input: ListInput) => {
    const seqs = filter.newest(input.filter, parseAfterSeq(input.before), input.limit + 1);
    const hits = seqs.slice(0, input.limit).map((seq) => ({ seq, snippet: null }));
    const next = seqs.length > hits.length ? afterSeq(hits.at(-1)!.seq) : null;
    return { hits, next, total: filter.count(input.filter) };
  };

  return {
    list(input, stopReason) {
      stop = stopReason;
      const query = parseQuery(input.q);
      // One moment in time for all the queries of a page: another process may be deleting.
      db.exec('BEGIN');
      try {
        const asked = query.match !== '' || query.contains.length > 0;
        const { hits, next, total } = asked ? search.page(query, input) : browse(input);
        const rows = hits.map(({ seq, snippet }) => ({ ...toHistoryRow(rowOf.get(seq)!), snippet }));
        return { rows, next, total };
      } finally {
        db.exec('COMMIT');
      }
    },
  };
}

const tooLong = () =>
  new AppError(
    'SEARCH_TIMEOUT',
    'The search took too long and was stopped. Add a word or a filter to narrow it.',
  );
