// OpenAI, and servers that speak its formats, through the `openai` package.
import type { Model, ProviderInfo } from '../../../preload/contract/providers.ts';
import { COMPATIBLE_INFO, COMPATIBLE_MODELS } from './info/compatible-info.ts';
import { OPENAI_INFO, OPENAI_MODELS } from './info/openai-info.ts';
import { listOpenAiModels, loadOpenAi, openAiInterpreter, postOpenAi } from './openai-sdk.ts';
import { apiNotOffered, type WarmAdapter } from './warm-adapter.ts';

const createAdapter = (info: ProviderInfo, builtInModels: readonly Model[]): WarmAdapter => ({
  info,
  builtInModels,
  async run(call) {
    if (call.api === 'openai.chat') await postOpenAi(call, '/chat/completions');
    else if (call.api === 'openai.responses') await postOpenAi(call, '/responses');
    else throw apiNotOffered(info, call.api);
  },
  models: listOpenAiModels,
  interpreter: openAiInterpreter,
  warm: async () => void (await loadOpenAi()),
});

export const createOpenAiAdapter = (): WarmAdapter => createAdapter(OPENAI_INFO, OPENAI_MODELS);

/** Ollama, LM Studio, vLLM, OpenRouter or any custom base URL; `secret: null` sends no `authorization` at all. */
export const createCompatibleAdapter = (): WarmAdapter => createAdapter(COMPATIBLE_INFO, COMPATIBLE_MODELS);
