// Which keys the table shows.
import type { KeyInfo } from '../../../preload/contract/keys.ts';

/** Keys of the provider (if one is chosen) whose name, origin or last four characters hold every word typed. */
export function filterKeys(keys: readonly KeyInfo[], filter: string, provider: string | null): KeyInfo[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return keys.filter((key) => {
    if (provider !== null && key.provider !== provider) return false;
    const text = `${key.name} ${key.provider} ${key.origin} ${key.last4}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Number of keys per provider id. */
export function countByProvider(keys: readonly KeyInfo[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { provider } of keys) counts.set(provider, (counts.get(provider) ?? 0) + 1);
  return counts;
}
