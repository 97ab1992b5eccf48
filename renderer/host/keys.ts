import { queryOptions, useQuery } from '@tanstack/react-query';
import type { KeyInfo } from '../../preload/contract/keys.ts';
import { getApi } from './api.ts';
import { queryClient } from './queries.ts';

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => getApi()['keys.list']({}, { signal }),
});
const NONE: KeyInfo[] = [];

/** All keys, without their secrets; empty until they have come. Stale when `keysVersion` rises. */
export const useKeys = (): readonly KeyInfo[] => useQuery(keysQuery, queryClient).data ?? NONE;
