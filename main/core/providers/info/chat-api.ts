// The Chat Completions form: OpenAI's, and that of every server which speaks the format; they differ in two rows.
import type { ApiInfo, Param } from '../../../../preload/contract/providers.ts';
import { ADVANCED, param, REQUIRED, STREAM } from './param.ts';

const TEMPERATURE = param(
  'temperature',
  'slider',
  'Higher gives more varied, lower more predictable text; some reasoning models accept only the default.',
  { min: 0, max: 2, step: 0.1 },
);
const TOP_P = param(
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
const STOP = param(
  'stop',
  'list',
  'Up to four texts at which the answer stops; the text itself is left out.',
  ADVANCED,
);
const SEED = param(
  'seed',
  'number',
  'The same seed and request tend to give the same answer, without a promise.',
  {
    advanced: true,
    step: 1,
  },
);
const MESSAGES = param(
  'messages',
  'messages',
  'The conversation so far, oldest first; the API keeps none of it between calls.',
  REQUIRED,
);
const RESPONSE_FORMAT = param(
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
const INCLUDE_USAGE = param(
  'stream_options.include_usage',
  'switch',
  'Adds token usage as the last event of a stream; without it a stream does not say what it cost.',
);

export interface ChatForm {
  id: string;
  label: string;
  /** The row of the model, whose name means something else with each provider. */
  model: Param;
  /** The row that bounds the answer's length, if not `max_tokens`. */
  longest?: Param;
  /** Rows that this provider alone has, shown after the common ones. */
  own?: readonly Param[];
  /** See `exampleBody`. */
  example: string;
  /** Roles only this provider knows, put first. */
  ownRoles?: readonly string[];
}

const MAX_TOKENS = param('max_tokens', 'number', 'The most tokens the answer may have.', { min: 1, step: 1 });

/** The form of a Chat Completions API. */
export const chatApi = (form: ChatForm): ApiInfo => ({
  id: form.id,
  label: form.label,
  tag: 'CHAT',
  method: 'POST',
  path: '/chat/completions',
  params: [
    form.model,
    MESSAGES,
    form.longest ?? MAX_TOKENS,
    TEMPERATURE,
    STREAM,
    INCLUDE_USAGE,
    ...(form.own ?? []),
    TOP_P,
    STOP,
    SEED,
    RESPONSE_FORMAT,
    TOOLS,
  ],
  example: form.example,
  roles: [...(form.ownRoles ?? []), 'system', 'user', 'assistant', 'tool'],
});
