// What the window may ask about providers.
import type { AppHandlers } from '../../../preload/contract/index.ts';
import type { Model } from '../../../preload/contract/providers.ts';
import type { Registry } from './registry.ts';

interface ModelsAnswer {
  models: Model[];
  source: 'live' | 'built-in';
  note: string;
}

export interface ProvidersDeps {
  registry: Registry;
  /** Needs the key, so the sender has it. Falls back to the built-in list and says why in `note`. */
  models: (
    input: { provider: string; baseUrl: string; keyId: string | null },
    signal: AbortSignal,
  ) => Promise<ModelsAnswer>;
}

export function providersHandlers({
  registry,
  models,
}: ProvidersDeps): Pick<AppHandlers, 'providers.list' | 'providers.models'> {
  return {
    'providers.list': () => registry.list(),
    'providers.models': (input, { signal }) => models(input, signal),
  };
}
