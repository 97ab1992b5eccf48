// What the form knows of OpenAI's Chat Completions and Responses (resources of openai 7.55.0).
import type { ApiInfo, Model, Param, ProviderInfo } from '../../../../preload/contract/providers.ts';
import { ADVANCED, exampleBody, param, REQUIRED, STREAM } from './param.ts';

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

export const TEMPERATURE = param(
  'temperature',
  'slider',
  'Higher gives more varied, lower more predictable text; some reasoning models accept only the default.',
  { min: 0, max: 2, step: 0.1 },
);
export const TOP_P = param(
  'top_p',
  'slider',
  'Only the likeliest tokens up to this share are drawn from; change this or temperature, not both.',
  {
    advanced: true,
    min: 0,
    max: 1,
    step: 0.05,
  },
);
export const STOP = param(
  'stop',
  'list',
  'Up to four texts at which the answer stops; the text itself is left out.',
  ADVANCED,
);
export const SEED = param(
  'seed',
  'number',
  'The same seed and request tend to give the same answer, without a promise.',
  {
    advanced: true,
    step: 1,
  },
);
export const CHAT_MESSAGES = param(
  'messages',
  'messages',
  'The conversation so far, oldest first; the API keeps none of it between calls.',
  REQUIRED,
);
export const RESPONSE_FORMAT = param(
  'response_format',
  'json',
  'The form of the answer: {"type": "text"}, {"type": "json_object"} or a JSON Schema with "json_schema".',
  ADVANCED,
);
export const TOOLS = param(
  'tools',
  'json',
  'Functions the model may ask you to call, each with name, description and parameters.',
  ADVANCED,
);
export const INCLUDE_USAGE = param(
  'stream_options.include_usage',
  'switch',
  'Adds token usage as the last event of a stream; without it a stream does not say what it cost.',
);
const MODEL = param(
  'model',
  'model',
  'The model that answers; a dated name keeps it from changing under you.',
  REQUIRED,
);

const chatParams: Param[] = [
  MODEL,
  CHAT_MESSAGES,
  param(
    'max_completion_tokens',
    'number',
    'The most tokens the answer may have, hidden reasoning included; the older name is max_tokens.',
    {
      min: 1,
      step: 1,
    },
  ),
  TEMPERATURE,
  STREAM,
  INCLUDE_USAGE,
  param('reasoning_effort', 'select', 'How long a reasoning model may think before it answers.', {
    options: EFFORTS,
  }),
  TOP_P,
  STOP,
  SEED,
  RESPONSE_FORMAT,
  TOOLS,
];

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

const PROMPT = 'Explain in three short paragraphs how a streamed answer travels.';

export const OPENAI_CHAT: ApiInfo = {
  id: 'openai.chat',
  label: 'Chat Completions',
  tag: 'CHAT',
  method: 'POST',
  path: '/chat/completions',
  params: chatParams,
  example: exampleBody({
    model: 'gpt-6-sol',
    max_completion_tokens: 1024,
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      { role: 'developer', content: 'You are a patient teacher of web technology.' },
      { role: 'user', content: PROMPT },
    ],
  }),
  roles: ['developer', 'system', 'user', 'assistant', 'tool'],
};

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
    instructions: 'You are a patient teacher of web technology.',
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
