// Anthropic Messages: events and whole answers (providers.md section 4.1).
import type { Usage } from '../../../../preload/contract/requests.ts';
import { asArray, asCount, asObject, asText, parseJson } from '../../json-shape.ts';
import type { Interpreter, JsonObject, Piece } from '../provider.ts';
import { hasError, malformedEvent, readError } from './error-body.ts';

/** One per answer. Unknown events, blocks and deltas give no pieces, as the vendor asks. */
export function createAnthropicInterpreter(): Interpreter {
  /** Usage fields as last said: `message_delta` repeats some of those of `message_start`, cumulatively. */
  let usage: JsonObject = {};
  const openTools = new Set<unknown>();

  const usagePieces = (value: unknown): Piece[] => {
    const told = asObject(value);
    if (!told) return [];
    const known = Object.entries(told).filter(([, field]) => field !== null);
    usage = { ...usage, ...Object.fromEntries(known) };
    return [{ kind: 'usage', usage: toUsage(usage), raw: usage }];
  };

  const blockStart = (index: unknown, block: JsonObject): Piece[] => {
    if (isToolUse(block)) {
      openTools.add(index);
      return tool(`${asText(block.name) ?? 'tool'}(${inputText(block.input)}`);
    }
    return blockText(block);
  };

  const blockStop = (index: unknown): Piece[] => (openTools.delete(index) ? tool(')\n') : []);

  const read = (type: unknown, event: JsonObject): Piece[] => {
    switch (type) {
      case 'message_start': {
        const message = asObject(event.message) ?? {};
        return [...modelPieces(message), ...usagePieces(message.usage)];
      }
      case 'content_block_start':
        return blockStart(event.index, asObject(event.content_block) ?? {});
      case 'content_block_delta':
        return deltaPieces(asObject(event.delta) ?? {});
      case 'content_block_stop':
        return blockStop(event.index);
      case 'message_delta':
        return [...usagePieces(event.usage), ...stopPieces(asObject(event.delta) ?? {})];
      case 'message_stop':
        return [{ kind: 'terminal' }];
      case 'error':
        return [readError(event, 0)];
      default:
        return [];
    }
  };

  return {
    event(name, data) {
      // `ping` may come without data.
      if (data === '') return [];
      const json = parseJson(data);
      if (json === undefined) return [malformedEvent()];
      const event = asObject(json);
      // Gateways that leave out `event:` still say `type`; the SDK drops those events, this reader does not.
      if (!event) return [];
      const type = asText(event.type);
      if (type === null && hasError(event)) return [readError(event, 0)];
      return read(type ?? name, event);
    },
    body(json, status) {
      const message = asObject(json);
      if (status >= 400 || message?.type === 'error') return [readError(json, status)];
      if (message?.type !== 'message') return [];
      const blocks = asArray(message.content).flatMap((entry, index) => {
        const block = asObject(entry) ?? {};
        return [...blockStart(index, block), ...blockStop(index)];
      });
      return [
        ...modelPieces(message),
        ...blocks,
        ...usagePieces(message.usage),
        ...stopPieces(message),
        { kind: 'terminal' },
      ];
    },
  };
}

const isToolUse = (block: JsonObject) =>
  block.type === 'tool_use' || block.type === 'server_tool_use' || block.type === 'mcp_tool_use';

const tool = (text: string): Piece[] => [{ kind: 'text', lane: 'tool', text }];

/** Streams start with an empty input and send it as deltas; whole answers have it here. */
function inputText(input: unknown): string {
  const value = asObject(input);
  return value && Object.keys(value).length > 0 ? JSON.stringify(value) : '';
}

function blockText(block: JsonObject): Piece[] {
  const text = asText(block.text);
  if (block.type === 'text' && text) return [{ kind: 'text', lane: 'text', text }];
  const thinking = asText(block.thinking);
  if (block.type === 'thinking' && thinking) return [{ kind: 'text', lane: 'thinking', text: thinking }];
  return [];
}

function deltaPieces(delta: JsonObject): Piece[] {
  const text = asText(delta.text) ?? asText(delta.thinking) ?? asText(delta.partial_json);
  if (!text) return [];
  if (delta.type === 'text_delta') return [{ kind: 'text', lane: 'text', text }];
  if (delta.type === 'thinking_delta') return [{ kind: 'text', lane: 'thinking', text }];
  if (delta.type === 'input_json_delta') return tool(text);
  return [];
}

/** A refusal says why in `stop_details`; that is the only text a refusing answer may have. */
function stopPieces(source: JsonObject): Piece[] {
  const reason = asText(source.stop_reason);
  if (!reason) return [];
  const why = reason === 'refusal' ? asText(asObject(source.stop_details)?.explanation) : null;
  const pieces: Piece[] = why ? [{ kind: 'text', lane: 'refusal', text: why }] : [];
  return [...pieces, { kind: 'finish', reason }];
}

function modelPieces(message: JsonObject): Piece[] {
  const model = asText(message.model);
  return model ? [{ kind: 'model', model }] : [];
}

/** `input_tokens` excludes the cache, so the total is the sum of three. */
function toUsage(raw: JsonObject): Usage {
  const input = asCount(raw.input_tokens);
  const cacheRead = asCount(raw.cache_read_input_tokens);
  const cacheWrite = asCount(raw.cache_creation_input_tokens);
  return {
    input: input === null ? null : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
    output: asCount(raw.output_tokens),
    cacheRead,
    cacheWrite,
    reasoning: asCount(asObject(raw.output_tokens_details)?.thinking_tokens),
  };
}
