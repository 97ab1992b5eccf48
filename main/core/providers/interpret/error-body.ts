// Error bodies of every family, read by one tolerant reader: gateways and compatible servers mix the shapes freely.
// Shapes: providers.md sections 4.1 to 4.3, utils/request.js of @huggingface/inference 4.13.30.
import { asArray, asObject, asText } from '../../json-shape.ts';
import type { JsonObject, Piece } from '../provider.ts';

type ErrorPiece = Extract<Piece, { kind: 'error' }>;

/**
 * Reads an error answer, or an `error` value inside a 200 answer. Always gives a piece: a body that cannot be
 * understood still names its status. `type` is the most telling name the server gave: `code` before `type`, since
 * OpenAI's `code` (`rate_limit_exceeded`, `insufficient_quota`) says what its `type` (`requests`) does not.
 */
export function readError(json: unknown, status: number): ErrorPiece {
  const root = asObject(json) ?? {};
  const inner = asObject(root.error);
  const message = messageOf(root, inner) ?? unreadable(status);
  return {
    kind: 'error',
    type: typeOf(root, inner) ?? (status >= 400 ? `http_${status}` : 'error'),
    message: message + loadingNote(root),
    requestId: asText(root.request_id) ?? asText(inner?.request_id),
  };
}

/** True if a 200 body or event carries an error. `error: null` is how a Responses answer says that there is none. */
export const hasError = (root: JsonObject): boolean => root.error !== undefined && root.error !== null;

function messageOf(root: JsonObject, inner: JsonObject | null): string | null {
  const upstream = asObject(inner?.metadata);
  const told = asText(inner?.message) ?? asText(root.error) ?? joined(root.error) ?? asText(root.message);
  // OpenRouter's own message is only "Provider returned error"; what the provider said is in `metadata.raw`.
  const raw = asText(upstream?.raw);
  if (told && raw && !told.includes(raw)) return `${told}: ${raw.slice(0, 1000)}`;
  return told ?? asText(root.detail) ?? joined(root.detail);
}

/** A list of strings, or FastAPI's `[{ loc, msg }]`. */
function joined(value: unknown): string | null {
  const parts = asArray(value).map((entry) => {
    const item = asObject(entry);
    if (!item) return asText(entry);
    const told = asText(item.msg) ?? asText(item.message);
    const where = asArray(item.loc).join('.');
    return told && where ? `${where}: ${told}` : told;
  });
  return parts.filter((part) => part !== null).join('; ') || null;
}

function typeOf(root: JsonObject, inner: JsonObject | null): string | null {
  const source = inner ?? root;
  const details = asObject(source.details);
  const type = asText(source.type);
  return (
    asText(details?.error_code) ??
    asText(source.code) ??
    asText(asObject(source.metadata)?.error_type) ??
    (type === 'error' ? null : type) ??
    asText(root.error_type)
  );
}

/** hf-inference says with 503 how long a model still loads. */
function loadingNote(root: JsonObject): string {
  const seconds = root.estimated_time;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return '';
  return ` (ready in about ${Math.ceil(seconds)} s)`;
}

function unreadable(status: number): string {
  return status > 0
    ? `The server answered with status ${status} and no error text that can be read.`
    : 'The server reported an error without a text.';
}

/** The piece for event data that is not JSON. It does not end the answer: what follows is still read. */
export const malformedEvent = (): Piece => ({
  kind: 'error',
  type: 'malformed_event',
  message: 'The server sent an event whose data is not JSON; that event was skipped.',
  requestId: null,
});
