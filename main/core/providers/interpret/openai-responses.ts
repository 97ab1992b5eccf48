// OpenAI Responses: named events with a `type`, without `[DONE]` (providers.md section 4.2).
import { asArray, asCount, asObject, asText, parseJson } from '../../json-shape.ts';
import type { Interpreter, JsonObject, Piece } from '../provider.ts';
import { hasError, malformedEvent, readError } from './error-body.ts';
import { readOpenAiUsage } from './openai-usage.ts';

type TextLane = Extract<Piece, { kind: 'text' }>['lane'];

/** Events that add text, without `.delta` or `.done`. */
const LANES = new Map<string, TextLane>([
  ['response.output_text', 'text'],
  ['response.refusal', 'refusal'],
  ['response.reasoning_text', 'thinking'],
  ['response.reasoning_summary_text', 'thinking'],
  ['response.function_call_arguments', 'tool'],
  ['response.custom_tool_call_input', 'tool'],
  ['response.mcp_call_arguments', 'tool'],
]);

const TOOL_CALLS: readonly unknown[] = ['function_call', 'custom_tool_call', 'mcp_call'];

/** Where a `.done` event repeats the whole text. */
const DONE_FIELDS = ['text', 'refusal', 'arguments', 'input'] as const;

/** One per answer. `completed`, `incomplete` and `failed` are terminal; the last one also gives an error. */
export function createResponsesInterpreter(): Interpreter {
  let model = '';
  /** Parts that came as deltas, so that their `.done` event is not counted twice. */
  const streamed = new Set<string>();

  const modelPieces = (response: JsonObject): Piece[] => {
    const named = asText(response.model);
    if (!named || named === model) return [];
    model = named;
    return [{ kind: 'model', model }];
  };

  const endPieces = (response: JsonObject): Piece[] => {
    const pieces: Piece[] = [...modelPieces(response), ...readOpenAiUsage(response.usage)];
    const reason = asText(asObject(response.incomplete_details)?.reason) ?? asText(response.status);
    if (reason) pieces.push({ kind: 'finish', reason });
    if (hasError(response)) pieces.push(readError(response, 0));
    pieces.push({ kind: 'terminal' });
    return pieces;
  };

  const textPieces = (type: string, event: JsonObject): Piece[] => {
    const [, name = '', stage = ''] = /^(.*)\.(delta|done)$/.exec(type) ?? [];
    const lane = LANES.get(name);
    if (!lane) return [];
    const index = asCount(event.content_index) ?? asCount(event.summary_index) ?? 0;
    const part = `${name} ${asText(event.item_id) ?? ''} ${index}`;
    const pieces: Piece[] = [];
    const delta = asText(event.delta);
    if (stage === 'delta' && delta) {
      streamed.add(part);
      pieces.push({ kind: 'text', lane, text: delta });
    }
    if (stage === 'done') {
      const whole = DONE_FIELDS.map((field) => asText(event[field])).find((value) => value !== null);
      // Some compatible servers send the finished part only.
      if (whole && !streamed.has(part)) pieces.push({ kind: 'text', lane, text: whole });
      if (lane === 'tool') pieces.push({ kind: 'text', lane, text: ')\n' });
    }
    return pieces;
  };

  const read = (type: string, event: JsonObject): Piece[] => {
    switch (type) {
      case 'response.created':
      case 'response.in_progress':
      case 'response.queued':
        return modelPieces(asObject(event.response) ?? {});
      case 'response.output_item.added':
        return toolStart(asObject(event.item) ?? {});
      case 'response.reasoning_summary_part.added':
        return event.summary_index === 0 ? [] : [{ kind: 'text', lane: 'thinking', text: '\n\n' }];
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
      case 'response.cancelled':
        return endPieces(asObject(event.response) ?? {});
      case 'error':
        // Flat (`code`, `message`) as in the spec, or with an inner `error` as the gateway sends it.
        return [readError(asObject(event.error) ? event : { error: event }, 0)];
      default:
        return textPieces(type, event);
    }
  };

  return {
    event(name, data) {
      if (data === '' || data.trim() === '[DONE]') return [];
      const json = parseJson(data);
      if (json === undefined) return [malformedEvent()];
      const event = asObject(json);
      if (!event) return [];
      const type = asText(event.type);
      // Gateways in front of the API report errors without a type.
      if (type === null && hasError(event)) return [readError(event, 0)];
      return read(type ?? name, event);
    },
    body(json, status) {
      const response = asObject(json);
      if (status >= 400 || !response) return status >= 400 ? [readError(json, status)] : [];
      if (response.object !== 'response') return hasError(response) ? [readError(json, status)] : [];
      return [
        ...modelPieces(response),
        ...asArray(response.output).flatMap(itemPieces),
        ...endPieces(response),
      ];
    },
  };
}

function toolStart(item: JsonObject): Piece[] {
  if (!TOOL_CALLS.includes(item.type)) return [];
  return [{ kind: 'text', lane: 'tool', text: `${asText(item.name) ?? 'tool'}(` }];
}

/** One item of a whole answer's `output`. */
function itemPieces(entry: unknown): Piece[] {
  const item = asObject(entry) ?? {};
  const opened = toolStart(item);
  if (opened.length > 0) {
    const args = asText(item.arguments) ?? asText(item.input) ?? '';
    return [...opened, { kind: 'text', lane: 'tool', text: `${args})\n` }];
  }
  const thinking = item.type === 'reasoning';
  const parts = [...(thinking ? asArray(item.summary) : []), ...asArray(item.content)];
  return parts.flatMap((value): Piece[] => {
    const part = asObject(value) ?? {};
    const refusal = asText(part.refusal);
    if (refusal) return [{ kind: 'text', lane: 'refusal', text: refusal }];
    const text = asText(part.text);
    return text ? [{ kind: 'text', lane: thinking ? 'thinking' : 'text', text }] : [];
  });
}
