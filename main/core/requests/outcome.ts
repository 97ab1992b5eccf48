// What one attempt has come to, as its decoder sees it. completion.ts judges it, attempts.ts decides by it.
import type { Pairs, Usage } from '../../../preload/contract/requests.ts';
import type { Piece } from '../providers/provider.ts';
import type { BodyMode, BodyVerdict } from './body-text.ts';

export interface Outcome {
  /** `null` until the head of an answer has arrived. */
  status: number | null;
  contentType: string;
  mode: BodyMode;
  /** How an unstreamed body reads; `none` for streams and before the end. */
  body: BodyVerdict;
  /** Body bytes after content decoding. */
  bytes: number;
  events: number;
  /** Meanings found in all events: none at all in a JSON answer means that it is some other API's. */
  pieces: number;
  terminal: boolean;
  error: Extract<Piece, { kind: 'error' }> | null;
  finish: string | null;
  model: string | null;
  usage: Usage | null;
  requestId: string | null;
  /** Monotonic ms from the request's start to the first text. */
  ttft: number | null;
  /** The decoder gave up: a line, or the number of events, passed its bound. */
  overflow: 'line' | 'events' | null;
}

export const emptyOutcome = (): Outcome => ({
  status: null,
  contentType: '',
  mode: 'other',
  body: 'none',
  bytes: 0,
  events: 0,
  pieces: 0,
  terminal: false,
  error: null,
  finish: null,
  model: null,
  usage: null,
  requestId: null,
  ttft: null,
  overflow: null,
});

/** Names (a model, an event, a reason) are what the server says, and no server says more than this. */
const NAME = 200;
/** Characters of JSON of a usage report that are shown as they came. */
const RAW = 20_000;

/** A server's word, of a length that fits any message, row and column. */
export const short = (name: string): string => (name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name);

/** The value, or `null` if it is too large to be one of the few numbers it should be. */
export const bounded = (raw: unknown): unknown => ((JSON.stringify(raw) ?? '').length > RAW ? null : raw);

/** In order of trust; the names are those of providers.md, section 3. */
const REQUEST_ID = [
  'request-id',
  'x-request-id',
  'apim-request-id',
  'x-generation-id',
  'x-amzn-requestid',
  'cf-ray',
];

export function requestIdOf(headers: Pairs): string | null {
  for (const wanted of REQUEST_ID)
    for (const [name, value] of headers)
      if (name.toLowerCase() === wanted && value !== '') return short(value);
  return null;
}
