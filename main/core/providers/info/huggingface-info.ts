// What the form knows of Hugging Face's chat router and of Inference Endpoints.
import type { ApiInfo, Model, ProviderInfo } from '../../../../preload/contract/providers.ts';
import {
  CHAT_MESSAGES,
  INCLUDE_USAGE,
  RESPONSE_FORMAT,
  SEED,
  STOP,
  TEMPERATURE,
  TOOLS,
  TOP_P,
} from './openai-info.ts';
import { exampleBody, param, REQUIRED, STREAM } from './param.ts';

export const HF_CHAT: ApiInfo = {
  id: 'hf.chat',
  label: 'Chat completion',
  tag: 'CHAT',
  method: 'POST',
  path: '/chat/completions',
  params: [
    param(
      'model',
      'model',
      'A model id of the Hub; add ":groq" or another provider to choose who runs it (the router picks, so nothing is asked of huggingface.co).',
      REQUIRED,
    ),
    CHAT_MESSAGES,
    param('max_tokens', 'number', 'The most tokens the answer may have.', { min: 1, step: 1 }),
    TEMPERATURE,
    STREAM,
    INCLUDE_USAGE,
    TOP_P,
    STOP,
    SEED,
    RESPONSE_FORMAT,
    TOOLS,
  ],
  example: exampleBody({
    model: 'openai/gpt-oss-120b',
    max_tokens: 1024,
    stream: true,
    messages: [
      { role: 'system', content: 'You are a patient teacher of web technology.' },
      { role: 'user', content: 'Explain in three short paragraphs how a streamed answer travels.' },
    ],
  }),
  roles: ['system', 'user', 'assistant', 'tool'],
};

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
