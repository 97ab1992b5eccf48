// What the form knows of the Anthropic Messages API, version 2026-10-21 (providers.md section 2.2).
import type { ApiInfo, Model, ProviderInfo } from '../../../../preload/contract/providers.ts';
import { ADVANCED, exampleBody, PROMPT, param, REQUIRED, STREAM, TEACHER } from './param.ts';

const params = [
  param(
    'model',
    'model',
    'The model that answers; use a dated name in production so that it cannot change under you.',
    REQUIRED,
  ),
  param(
    'max_tokens',
    'number',
    'The most tokens the answer may have; it is cut there with stop_reason "max_tokens".',
    {
      required: true,
      min: 1,
      step: 1,
    },
  ),
  param('system', 'multiline', 'Instructions that hold for the whole conversation.'),
  param(
    'messages',
    'messages',
    'The conversation so far, oldest first; the API keeps none of it between calls.',
    REQUIRED,
  ),
  STREAM,
  param('stop_sequences', 'list', 'Texts at which the answer stops; the text itself is left out.'),
  param(
    'output_config.effort',
    'select',
    'How hard the model works; this API version refuses temperature, top_p and top_k (older models take them with the header anthropic-version: 2023-06-01).',
    { options: ['low', 'medium', 'high', 'xhigh', 'max'] },
  ),
  param(
    'thinking',
    'json',
    'Lets the model think first, e.g. {"type": "adaptive"}; thinking counts as output tokens.',
    ADVANCED,
  ),
  param(
    'tools',
    'json',
    'Functions the model may ask you to call, each with name, description and input_schema.',
    ADVANCED,
  ),
  param(
    'tool_choice',
    'json',
    'Whether a tool must be used: {"type": "auto"}, "any", "none" or {"type": "tool", "name": …}.',
    ADVANCED,
  ),
  param('output_config.format', 'json', 'A JSON Schema that the answer must follow.', ADVANCED),
  param(
    'cache_control',
    'json',
    'Caches the prompt up to its end, e.g. {"type": "ephemeral"}; cached input is far cheaper.',
    ADVANCED,
  ),
  param('service_tier', 'select', 'Which capacity may serve the call.', {
    advanced: true,
    options: ['auto', 'standard_only'],
  }),
  param(
    'metadata',
    'json',
    'Your own id of the end user, e.g. {"user_id": "u-1"}; never a name or an address.',
    ADVANCED,
  ),
];

export const ANTHROPIC_MESSAGES: ApiInfo = {
  id: 'anthropic.messages',
  label: 'Messages',
  tag: 'MSG',
  method: 'POST',
  path: '/v1/messages',
  params,
  example: exampleBody({
    model: 'claude-sonnet-5-5',
    max_tokens: 1024,
    stream: true,
    system: TEACHER,
    messages: [{ role: 'user', content: PROMPT }],
  }),
  roles: ['user', 'assistant'],
};

export const ANTHROPIC_INFO: ProviderInfo = {
  id: 'anthropic',
  name: 'Anthropic',
  letter: 'A',
  accent: 1,
  key: 'required',
  keyHint: 'sk-ant-…',
  keyUrl: 'https://platform.claude.com/settings/keys',
  baseUrl: 'https://api.anthropic.com',
  customBaseUrl: true,
  presets: [],
  apis: [ANTHROPIC_MESSAGES],
  demo: false,
};

/** Names from the `Model` type of @anthropic-ai/sdk 1.10.0. */
export const ANTHROPIC_MODELS: readonly Model[] = [
  { id: 'claude-sonnet-5-5', label: 'Claude Sonnet 5.5' },
  { id: 'claude-opus-5-5', label: 'Claude Opus 5.5' },
  { id: 'claude-haiku-5-5', label: 'Claude Haiku 5.5' },
  { id: 'claude-fable-5-2', label: 'Claude Fable 5.2' },
];
