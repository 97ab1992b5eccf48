import type { KeyInfo } from '../../preload/contract/keys.ts';
import type { ProviderInfo } from '../../preload/contract/providers.ts';
import type { Draft } from '../../preload/contract/requests.ts';

/** A ready request with `key`: the example of the provider's first API; to `model`, if one is given. */
export function exampleDraft(provider: ProviderInfo, key: KeyInfo | null, model?: string): Draft {
  const api = provider.apis[0];
  const example = api?.example ?? '{}';
  return {
    name: model ?? '',
    provider: provider.id,
    api: api?.id ?? 'raw',
    baseUrl: key?.baseUrl ?? provider.baseUrl,
    keyId: key?.id ?? null,
    method: api?.method ?? 'POST',
    url: '',
    query: [],
    headers: [],
    body: model === undefined ? example : withModel(example, model),
  };
}

function withModel(example: string, model: string): string {
  try {
    const body: unknown = JSON.parse(example);
    return JSON.stringify({ ...(body as Record<string, unknown>), model }, null, 2);
  } catch {
    return example;
  }
}
