// Keys and providers as core tells them. A risen keys version reads them again (host invalidates `['keys']`).
import { useQuery } from '@tanstack/react-query';
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import { getApi } from '../../host/api.ts';

const NO_KEYS: readonly KeyInfo[] = [];
const NO_PROVIDERS: readonly ProviderInfo[] = [];

export function useKeys() {
  const { data, isPending, error, refetch } = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => getApi()['keys.list']({}, { signal }),
    retry: false,
  });
  return { keys: data ?? NO_KEYS, pending: isPending, error, reload: () => void refetch() };
}

/** Providers never change while the app runs. */
export function useProviders(): readonly ProviderInfo[] {
  const { data } = useQuery({
    queryKey: ['providers'],
    queryFn: ({ signal }) => getApi()['providers.list']({}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? NO_PROVIDERS;
}
