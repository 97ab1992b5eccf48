// Where a draft goes, and which keys may go there.
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import type { ApiInfo, ProviderInfo } from '../../../preload/contract/providers.ts';
import type { Draft } from '../../../preload/contract/requests.ts';

/** The id of the API that is any HTTP request at all. */
export const RAW = 'raw';

export const apiOf = (draft: Draft, provider: ProviderInfo | undefined): ApiInfo | undefined =>
  provider?.apis.find((api) => api.id === draft.api);

export function baseUrlOf(draft: Draft, provider: ProviderInfo | undefined): string {
  return (draft.baseUrl || provider?.baseUrl || '').replace(/\/+$/, '');
}

/** The full address; for a typed API base URL and path. */
export function targetUrl(draft: Draft, provider: ProviderInfo | undefined): string {
  if (draft.api === RAW) return draft.url;
  return baseUrlOf(draft, provider) + (apiOf(draft, provider)?.path ?? '');
}

/** scheme + host + port, or `null` while the address is not one. */
export function originOf(url: string): string | null {
  try {
    const { origin, protocol } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? origin : null;
  } catch {
    return null;
  }
}

/** Keys that main would put into a request to this address: a key is bound to its origin. */
export function keysFor(keys: readonly KeyInfo[], url: string): KeyInfo[] {
  const origin = originOf(url);
  return origin === null ? [] : keys.filter((key) => key.origin === origin);
}

/** The key a new draft begins with: the one used last. */
export function likelyKey(keys: readonly KeyInfo[], url: string): string | null {
  const usable = keysFor(keys, url).filter((key) => key.state === 'active');
  const [first] = usable.toSorted((a, b) => (b.lastUsedAt ?? b.createdAt) - (a.lastUsedAt ?? a.createdAt));
  return first?.id ?? null;
}
