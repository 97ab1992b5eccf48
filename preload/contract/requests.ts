// Sending: what a request is before it leaves (Draft), and what is seen of it afterwards (SendEvent).
import * as z from 'zod';
import { call, stream } from './define.ts';

/** Characters of a request body, as JSON writes it, that still fit into a `start` event. */
export const INLINE_BODY = 200_000;

/** Name and value, in wire order; names may repeat. */
export const Pairs = z.array(z.tuple([z.string().max(1024), z.string().max(64 * 1024)])).max(200);
export type Pairs = z.infer<typeof Pairs>;

/**
 * A request as the user made it. It names a key by id and never holds one.
 * For a typed API (`api` other than `raw`) `body` is the JSON text that goes to the SDK, `method` and `path` are
 * the API's own. For `raw`, `url` is the whole target and `body` goes out byte for byte.
 */
export const Draft = z.strictObject({
  name: z.string().max(200).default(''),
  provider: z.string().max(40),
  api: z.string().max(40),
  baseUrl: z.string().max(2048).default(''),
  keyId: z.uuid().nullable().default(null),
  method: z.string().max(20).default('POST'),
  url: z.string().max(8192).default(''),
  query: Pairs.default([]),
  headers: Pairs.default([]),
  body: z.string().max(900_000).default(''),
});
export type Draft = z.infer<typeof Draft>;

/** How a call ended. `streaming` while it runs; `interrupted` when the app died in mid-stream. */
export const EndState = z.enum(['complete', 'truncated', 'error', 'cancelled']);
export type EndState = z.infer<typeof EndState>;
export const RequestState = z.enum(['streaming', ...EndState.options, 'interrupted']);
export type RequestState = z.infer<typeof RequestState>;

export const Usage = z.object({
  /** Total input tokens, cached ones included, whatever the provider's own count includes. `null`: not said. */
  input: z.int().nullable(),
  output: z.int().nullable(),
  cacheRead: z.int().nullable(),
  cacheWrite: z.int().nullable(),
  reasoning: z.int().nullable(),
});
export type Usage = z.infer<typeof Usage>;

/** An error as shown: who said it, what it means, what to do. */
export const CallError = z.object({
  /** `provider`: it answered with an error. `connection`: no answer. `limit`: one of the app's bounds. `app`: before sending. */
  source: z.enum(['provider', 'connection', 'protocol', 'limit', 'app']),
  provider: z.string(),
  status: z.int().nullable(),
  type: z.string(),
  message: z.string(),
  requestId: z.string().nullable(),
  /** One sentence: what to do. */
  advice: z.string(),
});
export type CallError = z.infer<typeof CallError>;

/** Milliseconds since the attempt began; `null` where it cannot be known (e.g. a reused connection has no connect). */
export const Timing = z.object({
  /** Monotonic milliseconds from the request's start (`start` event) to the attempt's start. */
  startedAt: z.number(),
  connect: z.number().nullable(),
  headers: z.number().nullable(),
  firstByte: z.number().nullable(),
  end: z.number().nullable(),
});
export type Timing = z.infer<typeof Timing>;

/** Text lanes of an answer. */
export const Lane = z.enum(['text', 'thinking', 'tool', 'refusal']);
export type Lane = z.infer<typeof Lane>;

export const WaitReason = z.object({
  status: z.int().nullable(),
  /** e.g. `429 rate_limit_error` or `connection reset`. */
  because: z.string(),
  /** By whose order. */
  source: z.enum(['retry-after-ms', 'retry-after', 'backoff']),
});

/**
 * Everything that is seen of one request, live and from history alike; `t` is monotonic milliseconds since `start`.
 * Keys are short because thousands per second cross the bridge.
 */
export const SendEvent = z.discriminatedUnion('k', [
  /** `draft.body` is left empty when it is longer than `INLINE_BODY`: `history.body` has it in pieces. */
  z.object({ k: z.literal('start'), id: z.string(), at: z.number(), draft: Draft }),
  /** An HTTP attempt leaves. Credentials in `headers` are replaced by the key's alias. `n` counts from 1. */
  z.object({
    k: z.literal('attempt'),
    n: z.int(),
    t: z.number(),
    method: z.string(),
    url: z.string(),
    headers: Pairs,
    bodyBytes: z.int(),
  }),
  /** Response headers arrived. Comes again with the same `n` and the whole timing when the body has ended. */
  z.object({
    k: z.literal('head'),
    n: z.int(),
    t: z.number(),
    status: z.int(),
    statusText: z.string(),
    headers: Pairs,
    timing: Timing,
  }),
  /** The attempt failed and another will follow after `ms`. */
  z.object({ k: z.literal('wait'), n: z.int(), t: z.number(), ms: z.number(), reason: WaitReason }),
  /**
   * One server-sent event (or, for an unstreamed answer, the whole body as one). `e` event name, `p` first 200
   * characters of its data, `z` data length in characters, `l`/`s` lane and text it adds, if any. An `ev` with the
   * `i` of the one before it only adds more text of that same event (a second lane, or a text too long for one).
   */
  z.object({
    k: z.literal('ev'),
    i: z.int(),
    t: z.number(),
    e: z.string(),
    p: z.string(),
    z: z.int(),
    l: Lane.optional(),
    s: z.string().optional(),
  }),
  z.object({ k: z.literal('usage'), t: z.number(), usage: Usage, raw: z.json() }),
  /** Exactly one, always the last. */
  z.object({
    k: z.literal('end'),
    t: z.number(),
    state: z.enum([...EndState.options, 'interrupted']),
    finish: z.string().nullable(),
    error: CallError.nullable(),
    /** ms from `start` to the first text of any lane. */
    ttft: z.number().nullable(),
    usage: Usage.nullable(),
    model: z.string().nullable(),
    /** The provider's request id. */
    requestId: z.string().nullable(),
    bytes: z.int(),
  }),
]);
export type SendEvent = z.infer<typeof SendEvent>;

export const requests = {
  /**
   * Sends; the stream reads from the recording, so a slow window never slows the network. Leaving it cancels. Fails
   * with `PROMPT_HOLDS_KEY`, before anything is sent or kept, when the body holds a stored key in clear: only core can
   * tell. `sendKnownKeys` is the person's word that it shall leave all the same.
   */
  'requests.send': stream(
    z.strictObject({ draft: Draft, sendKnownKeys: z.boolean().default(false) }),
    SendEvent,
  ),
  /** Ends the wait before the next attempt at once ("Send now"). `false` when nothing was waiting. */
  'requests.skipWait': call(z.strictObject({ id: z.string().max(64) }), z.boolean()),
  /** The request as it would leave, without sending: credentials replaced by the key's alias. */
  'requests.preview': call(
    z.strictObject({ draft: Draft }),
    z.object({ method: z.string(), url: z.string(), headers: Pairs, body: z.string() }),
  ),
};
