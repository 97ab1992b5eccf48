// Anthropic through @anthropic-ai/sdk.

import { createCallFetch, runAndDrain } from './call-fetch.ts';
import { ANTHROPIC_INFO, ANTHROPIC_MODELS } from './info/anthropic-info.ts';
import { createAnthropicInterpreter } from './interpret/anthropic-messages.ts';
import { createSniffingInterpreter } from './interpret/sniff.ts';
import { lazySdk } from './lazy-sdk.ts';
import { readModels } from './models-list.ts';
import type { ApiCall, ProviderAdapter } from './provider.ts';
import { dropSdkEnvironment, NO_KEY, SDK_TIMEOUT_MS, SILENT_LOGGER } from './sdk-environment.ts';
import { apiNotOffered, type WarmAdapter } from './warm-adapter.ts';

const loadSdk = lazySdk(async () => (await import('@anthropic-ai/sdk')).default);

async function createClient(call: Pick<ApiCall, 'baseUrl' | 'secret'>, callFetch: typeof fetch) {
  const Anthropic = await loadSdk();
  dropSdkEnvironment();
  return new Anthropic({
    baseURL: call.baseUrl,
    // Never null: without a key the SDK looks for profiles on disk and workload identity.
    apiKey: call.secret ?? NO_KEY,
    authToken: null,
    webhookKey: null,
    fetch: callFetch,
    timeout: SDK_TIMEOUT_MS,
    maxRetries: 0,
    logLevel: 'off',
    logger: SILENT_LOGGER,
    openTelemetry: false,
  });
}

/**
 * One Messages call. The SDK's generic `post` and not `messages.create`, because the latter moves
 * `user_profile_id` and `workspace_id` out of the body and writes to the console about old models; the body must
 * leave as the user wrote it. Also used for the demo.
 */
export async function runAnthropic(call: ApiCall): Promise<void> {
  const callFetch = createCallFetch(call);
  const client = await createClient(call, callFetch.fetch);
  await runAndDrain(callFetch, () =>
    client
      .post('/v1/messages', { body: call.body, stream: call.body.stream === true, signal: call.signal })
      .asResponse(),
  );
}

export function createAnthropicAdapter(): WarmAdapter {
  const adapter: ProviderAdapter = {
    info: ANTHROPIC_INFO,
    builtInModels: ANTHROPIC_MODELS,
    async run(call) {
      if (call.api !== 'anthropic.messages') throw apiNotOffered(ANTHROPIC_INFO, call.api);
      await runAnthropic(call);
    },
    async models(call) {
      const client = await createClient(call, createCallFetch(call).fetch);
      const options = { query: { limit: 1000 }, signal: call.signal };
      return readModels(await client.get('/v1/models', options).asResponse());
    },
    interpreter: (api) =>
      api === 'anthropic.messages' ? createAnthropicInterpreter() : createSniffingInterpreter(),
  };
  return { ...adapter, warm: async () => void (await loadSdk()) };
}
