// The built-in Demo, through the same SDKs as the real providers.
import { runAnthropic } from './anthropic.ts';
import { runHuggingFace } from './huggingface.ts';
import { DEMO_PREFIX, DEMO_PROVIDER_MODELS, demoInfo, isDemoApi } from './info/demo-info.ts';
import { createAnthropicInterpreter } from './interpret/anthropic-messages.ts';
import { listOpenAiModels, openAiInterpreter, postOpenAi } from './openai-sdk.ts';
import { apiNotOffered, type WarmAdapter } from './warm-adapter.ts';

/**
 * `origin` is asked at each call: a draft from History may name the port of an earlier run, and the Demo never
 * sends anywhere but to its own server. For the same reason no key ever goes along, whatever the call holds.
 */
export function createDemoAdapter(origin: () => string): WarmAdapter {
  return {
    get info() {
      return demoInfo(origin());
    },
    builtInModels: DEMO_PROVIDER_MODELS,
    async run(call) {
      const { api } = call;
      if (!isDemoApi(api)) throw apiNotOffered(demoInfo(origin()), api);
      const own = { ...call, baseUrl: origin() + DEMO_PREFIX[api], secret: null };
      if (api === 'anthropic.messages') await runAnthropic(own);
      else if (api === 'hf.chat') await runHuggingFace(own);
      else await postOpenAi(own, api === 'openai.responses' ? '/responses' : '/chat/completions');
    },
    models: (call) =>
      listOpenAiModels({ ...call, baseUrl: origin() + DEMO_PREFIX['openai.chat'], secret: null }),
    interpreter: (api) =>
      api === 'anthropic.messages' ? createAnthropicInterpreter() : openAiInterpreter(api),
    // Its SDKs are those of the others, which warm them.
    warm: async () => {},
  };
}
