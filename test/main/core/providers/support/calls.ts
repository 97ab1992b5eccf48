// Every typed API of every adapter, with a body that names fields an SDK might be tempted to take out.

import { createAnthropicAdapter } from '../../../../../main/core/providers/anthropic.ts';
import { createHuggingFaceAdapter } from '../../../../../main/core/providers/huggingface.ts';
import { createCompatibleAdapter, createOpenAiAdapter } from '../../../../../main/core/providers/openai.ts';
import type { ApiCall, JsonObject, ProviderAdapter } from '../../../../../main/core/providers/provider.ts';

export interface Case {
  name: string;
  adapter: ProviderAdapter;
  api: string;
  /** Appended to the server's origin. */
  base: string;
  path: string;
  /** Its models endpoint. */
  modelsPath: string;
}

export const CASES: Case[] = [
  {
    name: 'Anthropic messages',
    adapter: createAnthropicAdapter(),
    api: 'anthropic.messages',
    base: '',
    path: '/v1/messages',
    modelsPath: '/v1/models?limit=1000',
  },
  {
    name: 'OpenAI chat',
    adapter: createOpenAiAdapter(),
    api: 'openai.chat',
    base: '/v1',
    path: '/v1/chat/completions',
    modelsPath: '/v1/models',
  },
  {
    name: 'OpenAI responses',
    adapter: createOpenAiAdapter(),
    api: 'openai.responses',
    base: '/v1',
    path: '/v1/responses',
    modelsPath: '/v1/models',
  },
  {
    name: 'compatible chat',
    adapter: createCompatibleAdapter(),
    api: 'openai.chat',
    base: '/v1',
    path: '/v1/chat/completions',
    modelsPath: '/v1/models',
  },
  {
    name: 'Hugging Face chat',
    adapter: createHuggingFaceAdapter(),
    api: 'hf.chat',
    base: '/v1',
    path: '/v1/chat/completions',
    modelsPath: '/v1/models',
  },
];

/** Obviously fake, made at run time. */
export const fakeKey = (prefix: string): string =>
  `${prefix}CANARY-${Math.random().toString(36).slice(2, 12)}`;

export const TRICKY_BODY: JsonObject = {
  zeta: 1,
  messages: [{ role: 'user', content: 'Grüße 🚀 "quoted" \u2028 line' }],
  provider: 'groq',
  endpointUrl: 'http://127.0.0.1:9/elsewhere',
  accessToken: 'not-a-token',
  data: 'payload',
  user_profile_id: 'profile',
  workspace_id: 'workspace',
  betas: ['x'],
  model: 'some-model',
  max_tokens: 100_000,
  made_up: { deep: [null, true, 1.5] },
};

export function callOf(
  target: Case,
  origin: string,
  fetchImpl: typeof fetch,
  extra: Partial<ApiCall> = {},
): ApiCall {
  return {
    api: target.api,
    baseUrl: origin + target.base,
    secret: fakeKey(target.api === 'hf.chat' ? 'hf_' : 'sk-'),
    body: TRICKY_BODY,
    headers: [],
    query: [],
    fetch: fetchImpl,
    signal: new AbortController().signal,
    ...extra,
  };
}
