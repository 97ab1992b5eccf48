// The loaded pages as one list.
import type { InfiniteData } from '@tanstack/react-query';
import type { HistoryPage } from '../../../preload/contract/history.ts';

/** One line of the list: a request and where the words were found. */
export type Entry = HistoryPage['rows'][number];

/** All rows once: while pages are read one after the other, a row may move from one page into the next. */
export function joinPages(data: InfiniteData<HistoryPage> | undefined): Entry[] {
  const seen = new Map<string, Entry>();
  for (const page of data?.pages ?? [])
    for (const row of page.rows) if (!seen.has(row.id)) seen.set(row.id, row);
  return [...seen.values()];
}
