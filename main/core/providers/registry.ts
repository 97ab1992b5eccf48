// All providers, by id. Adding one means: an adapter, its info, one line here.
import { AppError } from '../../../preload/contract/errors.ts';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import { createAnthropicAdapter } from './anthropic.ts';
import { createDemoAdapter } from './demo.ts';
import { createHuggingFaceAdapter } from './huggingface.ts';
import { createCompatibleAdapter, createOpenAiAdapter } from './openai.ts';
import type { ProviderAdapter } from './provider.ts';

export interface Registry {
  /** In the order of lists and badges. */
  list(): ProviderInfo[];
  /** Throws `AppError` `PROVIDER_UNKNOWN`. */
  get(id: string): ProviderAdapter;
  /** Imports all SDKs. To be called once the window is up and idle; the first request is then not slowed by it. */
  warm(): Promise<void>;
}

/** `demoOrigin` is asked at each use, because the demo server's port is known only once it listens. */
export function createRegistry({ demoOrigin }: { demoOrigin: () => string }): Registry {
  const adapters = [
    createAnthropicAdapter(),
    createOpenAiAdapter(),
    createHuggingFaceAdapter(),
    createCompatibleAdapter(),
    createDemoAdapter(demoOrigin),
  ];
  return {
    list: () => adapters.map(({ info }) => info),
    get(id) {
      const found = adapters.find(({ info }) => info.id === id);
      if (found) return found;
      throw new AppError(
        'PROVIDER_UNKNOWN',
        `There is no provider "${id.slice(0, 40)}"; choose one of ${adapters.map(({ info }) => info.name).join(', ')}.`,
      );
    },
    async warm() {
      // One after the other: imports are CPU-bound, and a window that has just opened needs the other core.
      for (const adapter of adapters) await adapter.warm();
    },
  };
}
