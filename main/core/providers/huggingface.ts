// Hugging Face through @huggingface/inference.
import { createCallFetch, runAndDrain } from './call-fetch.ts';
import { HUGGINGFACE_INFO, HUGGINGFACE_MODELS } from './info/huggingface-info.ts';
import { lazySdk } from './lazy-sdk.ts';
import { listOpenAiModels, openAiInterpreter } from './openai-sdk.ts';
import type { ApiCall } from './provider.ts';
import { apiNotOffered, type WarmAdapter } from './warm-adapter.ts';

const loadSdk = lazySdk(() => import('@huggingface/inference'));

/**
 * One chat call. Always with `endpointUrl`, never with the SDK's `provider`: a named provider makes the SDK first
 * ask huggingface.co for a model mapping, with the token, although the token is bound to the router's origin. The
 * router does the same choice when the model is written `id:provider`.
 *
 * The SDK puts `model` first and takes fields such as `provider` or `accessToken` out of the body, so what it made
 * is replaced by the user's own JSON. Also used for the demo.
 */
export async function runHuggingFace(call: ApiCall): Promise<void> {
  const sdk = await loadSdk();
  const callFetch = createCallFetch(call, JSON.stringify(call.body));
  const args = {
    model: typeof call.body.model === 'string' ? call.body.model : '',
    messages: [],
    endpointUrl: call.baseUrl,
    ...(call.secret === null ? {} : { accessToken: call.secret }),
  };
  // The SDK repeats a 503 for ever and without delay unless told not to (measured).
  const options = { fetch: callFetch.fetch, signal: call.signal, retry_on_error: false };
  await runAndDrain(callFetch, async () => {
    if (call.body.stream !== true) return sdk.chatCompletion(args, options);
    for await (const _chunk of sdk.chatCompletionStream(args, options));
    return undefined;
  });
}

export function createHuggingFaceAdapter(): WarmAdapter {
  return {
    info: HUGGINGFACE_INFO,
    builtInModels: HUGGINGFACE_MODELS,
    async run(call) {
      if (call.api !== 'hf.chat') throw apiNotOffered(HUGGINGFACE_INFO, call.api);
      await runHuggingFace(call);
    },
    // The SDK has no models list; the router's is OpenAI's format, so the other SDK reads it.
    models: listOpenAiModels,
    interpreter: openAiInterpreter,
    warm: async () => void (await loadSdk()),
  };
}
