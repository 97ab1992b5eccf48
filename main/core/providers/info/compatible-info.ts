// Servers that speak OpenAI's formats under another address.
import type { ApiInfo, Model, ProviderInfo } from '../../../../preload/contract/providers.ts';
import {
  CHAT_MESSAGES,
  INCLUDE_USAGE,
  OPENAI_RESPONSES,
  RESPONSE_FORMAT,
  SEED,
  STOP,
  TEMPERATURE,
  TOOLS,
  TOP_P,
} from './openai-info.ts';
import { exampleBody, param, REQUIRED, STREAM } from './param.ts';

const MODEL = 'llama3.2';
const PROMPT = 'Explain in three short paragraphs how a streamed answer travels.';

const COMPATIBLE_CHAT: ApiInfo = {
  id: 'openai.chat',
  label: 'Chat Completions',
  tag: 'CHAT',
  method: 'POST',
  path: '/chat/completions',
  params: [
    param(
      'model',
      'model',
      'The name under which this server offers the model, e.g. what "ollama list" shows.',
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
    model: MODEL,
    max_tokens: 1024,
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: 'user', content: PROMPT }],
  }),
  roles: ['system', 'user', 'assistant', 'tool'],
};

export const COMPATIBLE_INFO: ProviderInfo = {
  id: 'compatible',
  name: 'OpenAI-compatible',
  letter: 'C',
  accent: 5,
  key: 'optional',
  keyHint: 'often none for a local server',
  keyUrl: '',
  baseUrl: 'http://127.0.0.1:11434/v1',
  customBaseUrl: true,
  presets: [
    { label: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1' },
    { label: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1' },
    { label: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1' },
    { label: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1' },
  ],
  apis: [
    COMPATIBLE_CHAT,
    {
      ...OPENAI_RESPONSES,
      example: exampleBody({
        model: MODEL,
        max_output_tokens: 1024,
        stream: true,
        input: [{ role: 'user', content: PROMPT }],
      }),
    },
  ],
  demo: false,
};

export const COMPATIBLE_MODELS: readonly Model[] = [{ id: MODEL, label: `${MODEL} (example for Ollama)` }];
