// Findings by the page, as the list comes to show them: 50,000 rows are never in the window at once.
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { FindingFilter, FindingPage, FindingRow } from '../../../preload/contract/scanner.ts';
import { getApi } from '../../host/api.ts';
import { queryClient } from '../../host/queries.ts';
import type { Order } from './scanner-view.ts';

const PAGE = 100;

export interface Findings {
  /** `undefined` while its page is on the way. */
  row: (index: number) => FindingRow | undefined;
  /** Where a finding stands among the pages that are loaded; −1 when it is on none. */
  indexOf: (id: number) => number;
  total: number;
  facets: FindingPage['facets'] | null;
  /** Nothing has arrived yet. */
  pending: boolean;
  error: Error | null;
  reload: () => void;
  /** Tells which rows are in view. */
  onView: (first: number, until: number) => void;
}

/** The query key begins with `findings`, so a risen scanner version reads what is in view again. */
export function useFindings(filter: FindingFilter, order: Order): Findings {
  const [view, setView] = useState({ from: 0, until: 1 });
  const onView = useCallback((first: number, until: number) => {
    const from = Math.floor(first / PAGE);
    const next = Math.floor(Math.max(0, until - 1) / PAGE) + 1;
    setView((old) => (old.from === from && old.until === next ? old : { from, until: next }));
  }, []);
  // The first page is always read: it carries total and facets.
  const pages = [...new Set([0, ...Array.from({ length: view.until - view.from }, (_, n) => view.from + n)])];
  const queries = useQueries(
    {
      queries: pages.map((page) => ({
        queryKey: ['findings', filter, order, page],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          getApi()['scanner.findings'](
            { filter, sort: order.by, descending: order.descending, offset: page * PAGE, limit: PAGE },
            { signal },
          ),
        // Only where it is the same page: rows of another page would stand at the wrong place.
        ...(page === 0 ? { placeholderData: keepPreviousData } : {}),
      })),
    },
    queryClient,
  );
  const first = queries[0];
  const loaded = new Map(pages.map((page, at) => [page, queries[at]?.data?.rows]));
  const failed = queries.find((one) => one.error && !one.data);
  return {
    row: (index) => loaded.get(Math.floor(index / PAGE))?.[index % PAGE],
    indexOf: (id) => {
      for (const [page, rows] of loaded) {
        const at = rows?.findIndex((one) => one.id === id) ?? -1;
        if (at >= 0) return page * PAGE + at;
      }
      return -1;
    },
    total: first?.data?.total ?? 0,
    facets: first?.data?.facets ?? null,
    pending: first?.isPending ?? true,
    error: failed?.error ?? null,
    reload: () => void queryClient.invalidateQueries({ queryKey: ['findings'] }),
    onView,
  };
}
