// Pages of history, newest or best first, kept in step with core.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getApi } from '../../host/api.ts';
import { queryClient } from '../../host/queries.ts';
import type { Order } from './history-view.ts';
import { type Entry, joinPages } from './join-pages.ts';
import { type Term, toFilter } from './query.ts';

/** Rows of the first page: enough for a screen. Later pages are larger, the keyset cursor does not care. */
const FIRST = 50;
const NEXT = 200;
const MAX_TEXT = 400;

export interface HistoryList {
  rows: readonly Entry[];
  /** Rows that match in all; `null` when counting would take too long, or nothing is known yet. */
  total: number | null;
  /** Nothing has arrived yet. */
  pending: boolean;
  /** The rows are those of the search before this one. */
  stale: boolean;
  error: Error | null;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  reload: () => void;
}

/**
 * The query key begins with `history`, so a risen history version reads every loaded page again; rows keep their
 * identity by id.
 */
export function useHistoryList(terms: readonly Term[], text: string, order: Order): HistoryList {
  const search = {
    q: text.slice(0, MAX_TEXT),
    filter: toFilter(terms),
    order: text === '' ? ('newest' as const) : order,
  };
  const query = useInfiniteQuery(
    {
      queryKey: ['history', 'list', search],
      queryFn: ({ pageParam, signal }) =>
        getApi()['history.list'](
          { ...search, before: pageParam, limit: pageParam === null ? FIRST : NEXT },
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
    },
    queryClient,
  );
  const rows = useMemo(() => joinPages(query.data), [query.data]);
  return {
    rows,
    total: query.data?.pages[0]?.total ?? null,
    pending: query.isPending,
    stale: query.isPlaceholderData,
    error: query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    reload: () => void query.refetch(),
  };
}
