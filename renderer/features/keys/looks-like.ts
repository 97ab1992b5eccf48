import type { ProviderInfo } from '../../../preload/contract/providers.ts';

/** `sk-ant-` of the hint `sk-ant-…`; empty for a hint in words. */
const prefixOf = ({ keyHint }: Pick<ProviderInfo, 'keyHint'>): string =>
  keyHint.endsWith('…') ? keyHint.slice(0, -1) : '';

/**
 * The provider whose keys begin as `secret` does, if that is another than `chosen`, else `null`. Of several the one
 * with the longest beginning counts. A server that takes any key is never wrong.
 */
export function looksLikeOther(
  secret: string,
  chosen: ProviderInfo,
  providers: readonly ProviderInfo[],
): ProviderInfo | null {
  if (prefixOf(chosen) === '') return null;
  const [best] = providers
    .filter((one) => prefixOf(one) !== '' && secret.trim().startsWith(prefixOf(one)))
    .toSorted((a, b) => prefixOf(b).length - prefixOf(a).length);
  return best && best.id !== chosen.id ? best : null;
}
