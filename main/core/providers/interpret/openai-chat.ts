// OpenAI Chat Completions and everything that speaks its chunks: Hugging Face, OpenRouter, Ollama, vLLM, …
// (providers.md sections 4.2 and 4.3).
import { asArray, asObject, asText, parseJson } from '../../json-shape.ts';
import type { Interpreter, JsonObject, Piece } from '../provider.ts';
import { hasError, malformedEvent, readError } from './error-body.ts';
import { readOpenAiUsage } from './openai-usage.ts';

/**
 * One per answer. Text is taken from the first choice only: with `n` above 1 the choices come interleaved, and
 * mixing them would make none readable.
 *
 * Terminal is `[DONE]`, or a `finish_reason` for every choice seen so far, because some compatible servers never
 * send `[DONE]`. Usage may follow that piece. `finish_reason: "error"` (OpenRouter) is an error instead.
 */
export function createChatInterpreter(): Interpreter {
  let model = '';
  let openTool: number | null = null;
  const unfinished = new Set<unknown>();
  let terminal = false;

  const end = (): Piece[] => {
    if (terminal) return [];
    terminal = true;
    return [{ kind: 'terminal' }];
  };

  const closeTool = (): Piece[] => {
    if (openTool === null) return [];
    openTool = null;
    return [text('tool', ')\n')];
  };

  const toolPieces = (calls: readonly unknown[]): Piece[] =>
    calls.flatMap((entry, position) => {
      const call = asObject(entry) ?? {};
      // Custom tools carry `custom.input` where functions carry `function.arguments`.
      const spec = asObject(call.function) ?? asObject(call.custom) ?? {};
      const index = typeof call.index === 'number' ? call.index : position;
      const pieces: Piece[] = [];
      if (openTool !== index) {
        pieces.push(...closeTool(), text('tool', `${asText(spec.name) ?? 'tool'}(`));
        openTool = index;
      }
      const args = asText(spec.arguments) ?? asText(spec.input);
      if (args) pieces.push(text('tool', args));
      return pieces;
    });

  /** `source` is a chunk's `delta` or a whole answer's `message`. */
  const choicePieces = (source: JsonObject): Piece[] => [
    ...lane('thinking', asText(source.reasoning_content) ?? asText(source.reasoning)),
    ...contentPieces(source.content),
    ...lane('refusal', asText(source.refusal)),
    ...toolPieces(asArray(source.tool_calls)),
  ];

  const read = (root: JsonObject, key: 'delta' | 'message'): Piece[] => {
    const pieces: Piece[] = [];
    const named = asText(root.model);
    if (named && named !== model) {
      model = named;
      pieces.push({ kind: 'model', model });
    }
    let finished = false;
    for (const entry of asArray(root.choices)) {
      const choice = asObject(entry) ?? {};
      const index = choice.index ?? 0;
      const reason = asText(choice.finish_reason);
      if (index === 0) pieces.push(...choicePieces(asObject(choice[key]) ?? {}));
      if (reason === null) {
        unfinished.add(index);
        continue;
      }
      unfinished.delete(index);
      if (index === 0) pieces.push(...closeTool(), { kind: 'finish', reason });
      if (reason !== 'error') finished = true;
    }
    pieces.push(...readOpenAiUsage(root.usage ?? asObject(root.x_groq)?.usage));
    if (hasError(root)) pieces.push(readError(root, 0));
    else if (finished && unfinished.size === 0) pieces.push(...end());
    return pieces;
  };

  return {
    event(_name, data) {
      if (data === '') return [];
      if (data.trim() === '[DONE]') return [...closeTool(), ...end()];
      const json = parseJson(data);
      if (json === undefined) return [malformedEvent()];
      const chunk = asObject(json);
      return chunk ? read(chunk, 'delta') : [];
    },
    body(json, status) {
      const answer = asObject(json);
      if (status >= 400) return [readError(json, status)];
      if (!answer) return [];
      if (!Array.isArray(answer.choices)) return hasError(answer) ? [readError(json, status)] : [];
      // A body that could be parsed is whole, even from a server that gives no finish_reason.
      const pieces = read(answer, 'message');
      return hasError(answer) ? pieces : [...pieces, ...closeTool(), ...end()];
    },
  };
}

type TextLane = Extract<Piece, { kind: 'text' }>['lane'];
const text = (laneName: TextLane, value: string): Piece => ({ kind: 'text', lane: laneName, text: value });
const lane = (laneName: TextLane, value: string | null): Piece[] => (value ? [text(laneName, value)] : []);

/** A string, or a list of typed parts as Mistral and some multimodal servers send. */
function contentPieces(content: unknown): Piece[] {
  if (typeof content === 'string') return lane('text', content);
  return asArray(content).flatMap((entry) => {
    const part = asObject(entry) ?? {};
    if (Array.isArray(part.thinking)) {
      return part.thinking.flatMap((inner) => lane('thinking', asText(asObject(inner)?.text)));
    }
    return [...lane('text', asText(part.text)), ...lane('refusal', asText(part.refusal))];
  });
}
