// Checks a Messages request as the API does and reads it, for both versions (providers.md section 2.2).
import { asArray, asObject } from '../json-shape.ts';
import type { JsonObject } from '../providers/provider.ts';
import { type Ask, countInput, readContent, readTurns, schemaOf, type Tool } from './ask.ts';
import { isPositiveInt, refuseUnknown, requireModel, requireObject, strings } from './check.ts';
import { DemoError } from './family.ts';

const NEW_VERSION = '2026-10-21';
const VERSIONS = ['2023-06-01', NEW_VERSION];
const SAMPLING = ['temperature', 'top_p', 'top_k'];

/** Fields of `MessageCreateParams` in @anthropic-ai/sdk 1.10.0, and those that it sends in beta only. */
const FIELDS = new Set(
  'model max_tokens messages cache_control container context_management diagnostics inference_geo mcp_servers metadata output_config service_tier speed stop_sequences stream system thinking thread tool_choice tools user_profile_id workspace_id'.split(
    ' ',
  ),
);
const OLD_FIELDS = new Set([...FIELDS, ...SAMPLING]);

const invalid = (message: string) => new DemoError('invalid', message);

/** Throws `DemoError`. Needed on every path of the family. */
export function checkVersion(version: string | undefined): string {
  if (version === undefined) throw invalid('anthropic-version: header is required');
  if (VERSIONS.includes(version)) return version;
  throw invalid(
    `anthropic-version: "${version.slice(0, 40)}" is not a valid version; the Demo knows ${VERSIONS.join(' and ')}`,
  );
}

/** Throws `DemoError`. */
export function readAnthropicAsk(version: string, value: unknown): Ask {
  const body = requireObject(value);
  const isNew = version === NEW_VERSION;
  const sampling = SAMPLING.find((name) => isNew && name in body);
  if (sampling)
    throw invalid(`${sampling}: not supported in API version ${NEW_VERSION}; remove it, whatever its value`);
  refuseUnknown(body, isNew ? FIELDS : OLD_FIELDS, (name) =>
    invalid(`${name}: Extra inputs are not permitted`),
  );
  for (const field of ['model', 'max_tokens', 'messages']) {
    if (body[field] === undefined) throw invalid(`${field}: Field required`);
  }
  if (!isPositiveInt(body.max_tokens)) throw invalid('max_tokens: Input should be a valid integer above 0');
  const messages = checkMessages(body.messages, isNew);
  const model = requireModel(body.model, (shown) => new DemoError('no_model', `model: ${shown}`));
  const system = readContent(body.system);
  const { turns, attachments } = readTurns(messages);
  if (system.text !== '') turns.unshift({ role: 'system', text: system.text });
  const tools = asArray(body.tools);
  return {
    model,
    format: 'anthropic',
    turns,
    tools: tools.map(readTool),
    schema: schemaOf(asObject(body.output_config)?.format),
    maxTokens: body.max_tokens,
    stops: strings(body.stop_sequences ?? []),
    stream: body.stream === true,
    inputTokens: countInput(turns, tools, attachments),
  };
}

function readTool(value: unknown): Tool {
  const tool: JsonObject = asObject(value) ?? {};
  return { name: typeof tool.name === 'string' ? tool.name : 'tool', schema: tool.input_schema };
}

function checkMessages(value: unknown, isNew: boolean): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid('messages: Input should be a valid list');
  if (value.length === 0) throw invalid('messages: at least one message is required');
  value.forEach((entry, index) => {
    const at = `messages.${index}`;
    const message = asObject(entry);
    if (!message) throw invalid(`${at}: Input should be an object`);
    if (message.role !== 'user' && message.role !== 'assistant') {
      throw invalid(`${at}.role: Input should be 'user' or 'assistant'`);
    }
    const { content } = message;
    if (typeof content !== 'string' && !Array.isArray(content)) {
      throw invalid(
        `${at}.content: ${content === undefined ? 'Field required' : 'Input should be a string or a list'}`,
      );
    }
    if (content.length === 0) throw invalid(`${at}: all messages must have non-empty content`);
    if (isNew) checkNewRules(asArray(content), message.role, `${at}.content`);
  });
  return value;
}

function checkNewRules(parts: readonly unknown[], role: string, at: string): void {
  parts.forEach((value, index) => {
    const part = asObject(value) ?? {};
    if (role === 'assistant' && part.type === 'document') {
      throw invalid(`${at}.${index}: document blocks are not allowed in assistant messages`);
    }
    if (role === 'user' && part.type === 'text' && asArray(part.citations).length > 0) {
      throw invalid(`${at}.${index}.citations: not allowed on user text`);
    }
  });
}
