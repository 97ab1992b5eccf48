// Calls through the `openai` package, shared by OpenAI, compatible servers and the models list of Hugging Face.
import type { Model } from '../../../preload/contract/providers.ts';
import { createCallFetch, runAndDrain } from './call-fetch.ts';
import { createChatInterpreter } from './interpret/openai-chat.ts';
import { createResponsesInterpreter } from './interpret/openai-responses.ts';
import { createSniffingInterpreter } from './interpret/sniff.ts';
import { lazySdk } from './lazy-sdk.ts';
import { readModels } from './models-list.ts';
import type { ApiCall, Interpreter, ProviderAdapter } from './provider.ts';
import { dropSdkEnvironment, NO_KEY, SDK_TIMEOUT_MS, SILENT_LOGGER } from './sdk-environment.ts';

export const loadOpenAi = lazySdk(async () => (await import('openai')).default);

async function createClient(call: Pick<ApiCall, 'baseUrl' | 'secret'>, callFetch: typeof fetch) {
  const OpenAI = await loadOpenAi();
  dropSdkEnvironment();
  return new OpenAI({
    baseURL: call.baseUrl,
    apiKey: call.secret ?? NO_KEY,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    fetch: callFetch,
    timeout: SDK_TIMEOUT_MS,
    maxRetries: 0,
    logLevel: 'off',
    logger: SILENT_LOGGER,
  });
}

/** One call to `path` below the base URL; the body leaves as the user wrote it. */
export async function postOpenAi(call: ApiCall, path: '/chat/completions' | '/responses'): Promise<void> {
  const callFetch = createCallFetch(call);
  const client = await createClient(call, callFetch.fetch);
  await runAndDrain(callFetch, () =>
    client
      .post(path, { body: call.body, stream: call.body.stream === true, signal: call.signal })
      .asResponse(),
  );
}

export async function listOpenAiModels(call: Parameters<ProviderAdapter['models']>[0]): Promise<Model[]> {
  const client = await createClient(call, createCallFetch(call).fetch);
  return readModels(await client.get('/models', { signal: call.signal }).asResponse());
}

export function openAiInterpreter(api: string): Interpreter {
  if (api === 'openai.chat' || api === 'hf.chat') return createChatInterpreter();
  if (api === 'openai.responses') return createResponsesInterpreter();
  return createSniffingInterpreter();
}
