// What the form knows of OpenAI's Chat Completions and Responses (resources of openai 7.55.0).
import type { ApiInfo, Model, Param, ProviderInfo } from '../../../../preload/contract/providers.ts';
import { chatApi, TOOLS } from './chat-api.ts';
import { ADVANCED, exampleBody, PROMPT, param, REQUIRED, STREAM, TEACHER } from './param.ts';

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

const MODEL = param(
  'model',
  'model',
  'The model that answers; a dated name keeps it from changing under you.',
  REQUIRED,
);

const responsesParams: Param[] = [
  MODEL,
  param('instructions', 'multiline', 'What holds for the whole answer, as a system message would.'),
  param(
    'input',
    'messages',
    'The prompt: a plain text, or a list of messages with role and content.',
    REQUIRED,
  ),
  param('max_output_tokens', 'number', 'The most tokens the answer may have, hidden reasoning included.', {
    min: 16,
    step: 1,
  }),
  STREAM,
  param('reasoning.effort', 'select', 'How long a reasoning model may think before it answers.', {
    options: EFFORTS,
  }),
  param(
    'text.format',
    'json',
    'The form of the answer: {"type": "text"} or a JSON Schema with "json_schema".',
    ADVANCED,
  ),
  TOOLS,
  param(
    'previous_response_id',
    'text',
    'Continues a stored answer, so that its messages need not be sent again.',
    ADVANCED,
  ),
  param(
    'store',
    'switch',
    'Whether OpenAI keeps the answer so that it can be fetched or continued later.',
    ADVANCED,
  ),
];

export const OPENAI_CHAT = chatApi({
  id: 'openai.chat',
  label: 'Chat Completions',
  model: MODEL,
  longest: param(
    'max_completion_tokens',
    'number',
    'The most tokens the answer may have, hidden reasoning included; the older name is max_tokens.',
    { min: 1, step: 1 },
  ),
  own: [
    param('reasoning_effort', 'select', 'How long a reasoning model may think before it answers.', {
      options: EFFORTS,
    }),
  ],
  example: exampleBody({
    model: 'gpt-6-sol',
    max_completion_tokens: 1024,
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      { role: 'developer', content: TEACHER },
      { role: 'user', content: PROMPT },
    ],
  }),
  ownRoles: ['developer'],
});

export const OPENAI_RESPONSES: ApiInfo = {
  id: 'openai.responses',
  label: 'Responses',
  tag: 'RSP',
  method: 'POST',
  path: '/responses',
  params: responsesParams,
  example: exampleBody({
    model: 'gpt-6-sol',
    max_output_tokens: 1024,
    stream: true,
    instructions: TEACHER,
    input: [{ role: 'user', content: PROMPT }],
  }),
  roles: ['developer', 'system', 'user', 'assistant'],
};

export const OPENAI_INFO: ProviderInfo = {
  id: 'openai',
  name: 'OpenAI',
  letter: 'O',
  accent: 2,
  key: 'required',
  keyHint: 'sk-…',
  keyUrl: 'https://platform.openai.com/api-keys',
  baseUrl: 'https://api.openai.com/v1',
  customBaseUrl: true,
  presets: [],
  apis: [OPENAI_CHAT, OPENAI_RESPONSES],
  demo: false,
};

/** Names from the `ChatModel` type of openai 7.55.0. */
export const OPENAI_MODELS: readonly Model[] = [
  { id: 'gpt-6-sol', label: 'gpt-6-sol' },
  { id: 'gpt-6.1-sol', label: 'gpt-6.1-sol' },
  { id: 'gpt-6.1-terra', label: 'gpt-6.1-terra' },
  { id: 'gpt-6-luna', label: 'gpt-6-luna' },
];
