// What the form knows of Hugging Face's chat router and of Inference Endpoints.
import type { Model, ProviderInfo } from '../../../../preload/contract/providers.ts';
import { chatApi } from './chat-api.ts';
import { exampleBody, PROMPT, param, REQUIRED, TEACHER } from './param.ts';

export const HF_CHAT = chatApi({
  id: 'hf.chat',
  label: 'Chat completion',
  model: param(
    'model',
    'model',
    'A model id of the Hub; add ":groq" or another provider to choose who runs it (the router picks, so nothing is asked of huggingface.co).',
    REQUIRED,
  ),
  example: exampleBody({
    model: 'openai/gpt-oss-120b',
    max_tokens: 1024,
    stream: true,
    messages: [
      { role: 'system', content: TEACHER },
      { role: 'user', content: PROMPT },
    ],
  }),
});

export const HUGGINGFACE_INFO: ProviderInfo = {
  id: 'huggingface',
  name: 'Hugging Face',
  letter: 'H',
  accent: 3,
  key: 'required',
  keyHint: 'hf_…',
  keyUrl: 'https://huggingface.co/settings/tokens',
  baseUrl: 'https://router.huggingface.co/v1',
  customBaseUrl: true,
  presets: [],
  apis: [HF_CHAT],
  demo: false,
};

/** Names from the chat examples of @huggingface/tasks; `label` says that they are only that. */
export const HUGGINGFACE_MODELS: readonly Model[] = [
  { id: 'openai/gpt-oss-120b', label: 'openai/gpt-oss-120b (example)' },
  { id: 'zai-org/GLM-4.5', label: 'zai-org/GLM-4.5 (example)' },
  { id: 'Qwen/Qwen2.5-7B-Instruct-1M', label: 'Qwen/Qwen2.5-7B-Instruct-1M (example)' },
];
