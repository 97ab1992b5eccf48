// Checks and reads a Responses request.
import { asArray, asObject, asText } from '../json-shape.ts';
import { type Ask, countInput, readTurns, schemaOf, type Tool } from './ask.ts';
import { checkLimit, checkRange, missing, noModel, unknownField, wrongType } from './chat-request.ts';
import { refuseUnknown, requireModel, requireObject } from './check.ts';

/** Fields of `ResponseCreateParams` in openai 7.55.0. */
const FIELDS = new Set(
  'access_programs background context_management conversation image include input instructions max_output_tokens max_tool_calls metadata model moderation parallel_tool_calls previous_response_id prompt prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier service_tier store stream stream_options temperature text tool_choice tools top_logprobs top_p truncation user'.split(
    ' ',
  ),
);

/** Throws `DemoError`. */
export function readResponsesAsk(value: unknown): Ask {
  const body = requireObject(value);
  refuseUnknown(body, FIELDS, unknownField);
  if (body.model === undefined) throw missing('model');
  if (body.input === undefined) throw missing('input');
  const items = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : body.input;
  if (!Array.isArray(items)) throw wrongType('input', 'a string or an array of input items', body.input);
  items.forEach((item, index) => {
    if (!asObject(item)) throw wrongType(`input[${index}]`, 'an object', item);
  });
  checkRange(body, 'temperature', 0, 2);
  checkRange(body, 'top_p', 0, 1);
  const maxTokens = checkLimit(body, 'max_output_tokens');
  const model = requireModel(body.model, noModel);
  const { turns, attachments } = readTurns(items);
  const instructions = asText(body.instructions);
  if (instructions) turns.unshift({ role: 'system', text: instructions });
  const tools = asArray(body.tools);
  return {
    model,
    format: 'responses',
    turns,
    tools: tools.filter((tool) => asObject(tool)?.type === 'function').map(readTool),
    schema: schemaOf(asObject(body.text)?.format),
    maxTokens,
    stops: [],
    stream: body.stream === true,
    inputTokens: countInput(turns, tools, attachments),
  };
}

function readTool(value: unknown): Tool {
  const tool = asObject(value) ?? {};
  return { name: asText(tool.name) ?? 'tool', schema: tool.parameters };
}
