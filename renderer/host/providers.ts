import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ProviderInfo } from '../../preload/contract/providers.ts';
import { getApi } from './api.ts';
import { queryClient } from './queries.ts';

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) => getApi()['providers.list']({}, { signal }),
});
const NONE: ProviderInfo[] = [];

/** All providers in display order; empty until they have come. */
export const useProviders = (): readonly ProviderInfo[] => useQuery(providersQuery, queryClient).data ?? NONE;

/** One provider by id; `undefined` when unknown (e.g. an old history row). */
export const useProvider = (id: string): ProviderInfo | undefined =>
  useProviders().find((one) => one.id === id);
