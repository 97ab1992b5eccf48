// A request of any family, reduced to what the Demo's answer depends on.
import { asArray, asObject, asText } from '../json-shape.ts';
import type { JsonObject } from '../providers/provider.ts';
import type { DemoModel } from './demo-models.ts';
import { countTokens } from './tokens.ts';

export type WireFormat = 'anthropic' | 'chat' | 'responses';

export interface Turn {
  role: string;
  text: string;
}

export interface Tool {
  name: string;
  /** JSON Schema of its arguments. */
  schema: unknown;
}

export interface Ask {
  model: DemoModel;
  format: WireFormat;
  /** Oldest first; system texts included. */
  turns: Turn[];
  tools: Tool[];
  /** JSON Schema the answer must follow, or null. */
  schema: unknown;
  /** null: no limit given. */
  maxTokens: number | null;
  stops: string[];
  stream: boolean;
  inputTokens: number;
}

/** Tokens that each message costs beside its text, and that an image or file costs. */
const PER_MESSAGE = 4;
const PER_ATTACHMENT = 100;

/** Input tokens: those of all texts and of the tools' JSON, 4 per message, 100 per image or file. */
export function countInput(turns: readonly Turn[], tools: readonly unknown[], attachments: number): number {
  const texts = turns.reduce((sum, turn) => sum + countTokens(turn.text) + PER_MESSAGE, 0);
  return texts + (tools.length > 0 ? countTokens(JSON.stringify(tools)) : 0) + attachments * PER_ATTACHMENT;
}

export interface Content {
  text: string;
  attachments: number;
}

/** Text of a message's content: a string, or a list of typed parts in any family's naming. */
export function readContent(content: unknown): Content {
  if (typeof content === 'string') return { text: content, attachments: 0 };
  const parts = asArray(content).map(readPart);
  return {
    text: parts
      .map((part) => part.text)
      .filter((text) => text !== '')
      .join('\n'),
    attachments: parts.reduce((sum, part) => sum + part.attachments, 0),
  };
}

function readPart(value: unknown): Content {
  const part = asObject(value);
  if (!part) return { text: asText(value) ?? '', attachments: 0 };
  const text = asText(part.text) ?? asText(part.thinking) ?? asText(part.refusal);
  if (text !== null) return { text, attachments: 0 };
  if (part.content !== undefined) return readContent(part.content);
  if (part.input !== undefined) return { text: JSON.stringify(part.input), attachments: 0 };
  return { text: '', attachments: 1 };
}

/** Messages with role and content, as Anthropic and Chat send them; a tool's result counts as its text. */
export function readTurns(messages: readonly unknown[]): { turns: Turn[]; attachments: number } {
  let attachments = 0;
  const turns = messages.map((value) => {
    const message = asObject(value) ?? {};
    const content = readContent(message.content ?? message.output ?? message.arguments);
    attachments += content.attachments;
    return { role: asText(message.role) ?? asText(message.type) ?? 'user', text: content.text };
  });
  return { turns, attachments };
}

/** The last thing a person said. */
export const promptOf = (ask: Ask): string => ask.turns.findLast((turn) => turn.role === 'user')?.text ?? '';

/** The schema inside OpenAI's `response_format`, Responses' `text.format` or Anthropic's `output_config.format`. */
export function schemaOf(format: unknown): unknown {
  const value: JsonObject = asObject(format) ?? {};
  if (value.type === 'json_object') return { type: 'object', properties: { answer: { type: 'string' } } };
  if (value.type !== 'json_schema') return null;
  return value.schema ?? asObject(value.json_schema)?.schema ?? null;
}
