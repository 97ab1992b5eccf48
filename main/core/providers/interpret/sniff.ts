// For raw requests, where nobody has said which format the answer has: the first telling event or body decides.
import { asObject, asText, parseJson } from '../../json-shape.ts';
import type { Interpreter, JsonObject } from '../provider.ts';
import { createAnthropicInterpreter } from './anthropic-messages.ts';
import { readError } from './error-body.ts';
import { createChatInterpreter } from './openai-chat.ts';
import { createResponsesInterpreter } from './openai-responses.ts';

/** Gives no pieces until a known format is recognised; an unknown one stays silent and is still seen as events. */
export function createSniffingInterpreter(): Interpreter {
  let known: Interpreter | null = null;
  return {
    event(name, data) {
      if (!known) {
        const json = asObject(parseJson(data));
        // Without a name of its own an event is called `message`, which says nothing.
        if (json) known = recognise(asText(json.type) ?? (name === 'message' ? '' : name), json);
      }
      return known?.event(name, data) ?? [];
    },
    body(json, status) {
      if (status >= 400) return [readError(json, status)];
      const root = asObject(json);
      const interpreter = root && recognise(asText(root.type) ?? '', root);
      return interpreter?.body(json, status) ?? [];
    },
  };
}

function recognise(type: string, json: JsonObject): Interpreter | null {
  if (type === 'message_start' || type === 'message') return createAnthropicInterpreter();
  if (type.startsWith('response.') || json.object === 'response') return createResponsesInterpreter();
  if (Array.isArray(json.choices)) return createChatInterpreter();
  return null;
}
