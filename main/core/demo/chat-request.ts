// Checks and reads a Chat Completions request, as OpenAI and as Hugging Face's router take it.
import { asArray, asObject } from '../json-shape.ts';
import type { JsonObject } from '../providers/provider.ts';
import { type Ask, countInput, readTurns, schemaOf, type Tool } from './ask.ts';
import { isPositiveInt, kindOf, refuseUnknown, requireModel, requireObject, strings } from './check.ts';
import { DemoError } from './family.ts';

/** Fields of `ChatCompletionCreateParams` in openai 7.55.0, and `tool_prompt` of Hugging Face. */
const FIELDS = new Set(
  'messages model audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens metadata modalities moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort response_format safety_identifier seed service_tier stop store stream stream_options temperature tool_choice tool_prompt tools top_logprobs top_p user verbosity web_search_options'.split(
    ' ',
  ),
);

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];

export const wrongType = (param: string, expected: string, value: unknown) =>
  new DemoError(
    'invalid',
    `Invalid type for '${param}': expected ${expected}, but got ${kindOf(value)} instead.`,
    param,
    'invalid_type',
  );

export const unknownField = (name: string) =>
  new DemoError('invalid', `Unknown parameter: '${name}'.`, name, 'unknown_parameter');

export const missing = (param: string) =>
  new DemoError('invalid', `Missing required parameter: '${param}'.`, param, 'missing_required_parameter');

export const noModel = (shown: string) =>
  new DemoError(
    'no_model',
    `The model '${shown}' does not exist in the Demo; GET /models lists those that do.`,
    'model',
  );

/** Throws for a number outside its range; absent and null are fine. */
export function checkRange(body: JsonObject, param: string, least: number, most: number): void {
  const value = body[param];
  if (value === undefined || value === null) return;
  if (typeof value !== 'number') throw wrongType(param, 'a decimal', value);
  if (value >= least && value <= most) return;
  const [code, side, bound] =
    value < least ? ['decimal_below_min_value', '>=', least] : ['decimal_above_max_value', '<=', most];
  throw new DemoError(
    'invalid',
    `Invalid '${param}': expected a value ${side} ${bound}, but got ${value}.`,
    param,
    String(code),
  );
}

export function checkLimit(body: JsonObject, param: string): number | null {
  const value = body[param];
  if (value === undefined || value === null) return null;
  if (!Number.isInteger(value)) throw wrongType(param, 'an integer', value);
  if (isPositiveInt(value)) return value;
  throw new DemoError(
    'invalid',
    `Invalid '${param}': expected a value >= 1.`,
    param,
    'integer_below_min_value',
  );
}

/** Throws `DemoError`. */
export function readChatAsk(value: unknown): Ask {
  const body = requireObject(value);
  refuseUnknown(body, FIELDS, unknownField);
  if (body.model === undefined) throw missing('model');
  const messages = checkMessages(body.messages);
  checkRange(body, 'temperature', 0, 2);
  checkRange(body, 'top_p', 0, 1);
  if (body.n !== undefined && body.n !== null && body.n !== 1) {
    throw new DemoError('invalid', "Invalid 'n': the Demo gives one choice.", 'n');
  }
  const maxTokens = checkLimit(body, 'max_completion_tokens') ?? checkLimit(body, 'max_tokens');
  if (body.stream_options !== undefined && body.stream_options !== null && body.stream !== true) {
    throw new DemoError(
      'invalid',
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
      'stream_options',
    );
  }
  const model = requireModel(body.model, noModel);
  const { turns, attachments } = readTurns(messages);
  const tools = asArray(body.tools);
  return {
    model,
    format: 'chat',
    turns,
    tools: tools.map(readTool),
    schema: schemaOf(body.response_format),
    maxTokens,
    stops: strings(body.stop ?? []),
    stream: body.stream === true,
    inputTokens: countInput(turns, tools, attachments),
  };
}

function readTool(value: unknown): Tool {
  const spec = asObject(asObject(value)?.function) ?? {};
  return { name: typeof spec.name === 'string' ? spec.name : 'tool', schema: spec.parameters };
}

function checkMessages(value: unknown): readonly unknown[] {
  if (value === undefined) throw missing('messages');
  if (!Array.isArray(value)) throw wrongType('messages', 'an array of objects', value);
  if (value.length === 0) {
    throw new DemoError(
      'invalid',
      "Invalid 'messages': empty array. Expected an array with minimum length 1.",
      'messages',
      'empty_array',
    );
  }
  value.forEach((entry, index) => {
    const message = asObject(entry);
    if (!message) throw wrongType(`messages[${index}]`, 'an object', entry);
    if (message.role === undefined) throw missing(`messages[${index}].role`);
    if (!ROLES.includes(message.role as string)) {
      const supported = ROLES.map((role) => `'${role}'`).join(', ');
      throw new DemoError(
        'invalid',
        `Invalid value: ${JSON.stringify(message.role)?.slice(0, 60)}. Supported values are: ${supported}.`,
        `messages[${index}].role`,
        'invalid_value',
      );
    }
  });
  return value;
}
