// Servers that speak OpenAI's formats under another address.
import type { Model, ProviderInfo } from '../../../../preload/contract/providers.ts';
import { chatApi } from './chat-api.ts';
import { OPENAI_RESPONSES } from './openai-info.ts';
import { exampleBody, PROMPT, param, REQUIRED } from './param.ts';

const MODEL = 'llama3.2';

const COMPATIBLE_CHAT = chatApi({
  id: 'openai.chat',
  label: 'Chat Completions',
  model: param(
    'model',
    'model',
    'The name under which this server offers the model, e.g. what "ollama list" shows.',
    REQUIRED,
  ),
  example: exampleBody({
    model: MODEL,
    max_tokens: 1024,
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: 'user', content: PROMPT }],
  }),
});

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
