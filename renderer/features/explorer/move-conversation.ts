// Instructions and messages, from one API's way to write them into another's.
import type { ApiInfo } from '../../../preload/contract/providers.ts';
import { isObject, type JsonObject } from './body-path.ts';
import { messages } from './messages.ts';

export interface MovedConversation {
  /** Path and value of what the new body gets; `undefined` takes out. */
  fields: [path: string, value: unknown][];
  /** Names in the old body that are seen to. */
  taken: string[];
  /** What the new API has no place for. */
  left: string[];
}

const INSTRUCTIONS = ['system', 'instructions'] as const;
const TALK = ['messages', 'input'] as const;

/**
 * Reads the conversation of `source`, whatever its API, for a body of `api`. `alike`: both bodies are of one format,
 * so what is not understood here is kept as it is.
 */
export function moveConversation(source: JsonObject, api: ApiInfo, alike: boolean): MovedConversation {
  const moved: MovedConversation = { fields: [], taken: [], left: [] };
  const place = api.params.find((param) => param.kind === 'messages')?.path;
  if (!place) return moved;
  const own = INSTRUCTIONS.find((name) => api.params.some((param) => param.path === name));
  const guide = ['developer', 'system'].find((role) => api.roles.includes(role));
  const talkName = TALK.find((name) => Array.isArray(source[name]) || typeof source[name] === 'string');
  const toldName = INSTRUCTIONS.find((name) => source[name] !== undefined);
  const talk = talkName && source[talkName];
  const told = toldName && source[toldName];
  const text = textOf(told);
  if (talkName) moved.taken.push(talkName);
  if (toldName && (toldName === own || (text !== undefined && (own || guide)))) moved.taken.push(toldName);

  /** Guiding texts that the new API wants outside of the messages. */
  const apart: string[] = [];
  const turns: unknown[] = [];
  for (const turn of typeof talk === 'string' ? [{ role: 'user', content: talk }] : asList(talk)) {
    const role = isObject(turn) ? String(turn.role ?? turn.type) : '';
    const guiding = isObject(turn) && isGuide(role) ? textOf(turn.content) : undefined;
    if (isObject(turn) && api.roles.includes(role)) turns.push(withParts(turn, role, place));
    else if (isObject(turn) && isGuide(role) && guide)
      turns.push({ ...withParts(turn, role, place), role: guide });
    else if (guiding !== undefined && own) apart.push(guiding);
    else if (alike) turns.push(turn);
    else moved.left.push(messages.turnOf(role));
  }

  if (own && told !== undefined && (apart.length === 0 || text === undefined) && toldName === own)
    moved.fields.push([own, told]);
  else if (own) moved.fields.push([own, [text, ...apart].filter(Boolean).join('\n\n') || undefined]);
  else if (text && guide) turns.unshift({ role: guide, content: text });

  // A plain prompt stays one where the API takes it.
  const plain = typeof talk === 'string' && place === 'input' && turns.length === 1;
  if (talkName || turns.length > 0) moved.fields.push([place, plain ? talk : turns]);
  return moved;
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isGuide = (role: string) => role === 'system' || role === 'developer';

/** A text, or blocks that hold nothing but text. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  const texts = value.map((part: unknown) => (isObject(part) ? part.text : undefined));
  return texts.every((one) => typeof one === 'string') ? texts.join('\n\n') : undefined;
}

const TEXT_PARTS = ['text', 'input_text', 'output_text'];

// Responses names the parts of text after their direction, the others do not.
function withParts(turn: JsonObject, role: string, place: string): JsonObject {
  if (!Array.isArray(turn.content)) return turn;
  const type = place !== 'input' ? 'text' : role === 'assistant' ? 'output_text' : 'input_text';
  const content = turn.content.map((part: unknown) =>
    isObject(part) && TEXT_PARTS.includes(String(part.type)) ? { ...part, type } : part,
  );
  return { ...turn, content };
}
