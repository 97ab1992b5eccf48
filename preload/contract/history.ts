// History: every request that was sent, searchable, replayed through the same events as a live one.
import * as z from 'zod';
import { call, stream } from './define.ts';
import { RequestState, SendEvent, Usage } from './requests.ts';

export const HistoryRow = z.object({
  id: z.string(),
  /** Epoch ms when it was sent. */
  at: z.number(),
  name: z.string(),
  provider: z.string(),
  api: z.string(),
  model: z.string().nullable(),
  state: RequestState,
  status: z.int().nullable(),
  attempts: z.int(),
  ttft: z.number().nullable(),
  /** Milliseconds in all. */
  total: z.number().nullable(),
  usage: Usage.nullable(),
  keyName: z.string().nullable(),
  /** First 200 characters of the prompt. */
  prompt: z.string(),
});
export type HistoryRow = z.infer<typeof HistoryRow>;

/** Words found, as ranges into plain text: drawn as text nodes, never as HTML. */
export const Snippet = z.object({
  field: z.enum(['prompt', 'answer', 'name', 'model']),
  text: z.string(),
  /** Pairs of start (inclusive) and end (exclusive), UTF-16 code units. */
  ranges: z.array(z.tuple([z.int(), z.int()])),
});
export type Snippet = z.infer<typeof Snippet>;

export const HistoryFilter = z.strictObject({
  provider: z.array(z.string().max(40)).max(20).default([]),
  state: z.array(RequestState).max(10).default([]),
});
export type HistoryFilter = z.infer<typeof HistoryFilter>;

const id = z.strictObject({ id: z.string().max(64) });
const Page = z.object({
  rows: z.array(HistoryRow.extend({ snippet: Snippet.nullable() })),
  /** Keyset cursor for the next page; `null` at the end. */
  next: z.string().nullable(),
  /** Rows that match in all; `null` when counting would take too long. */
  total: z.int().nullable(),
});
export type HistoryPage = z.infer<typeof Page>;

export const history = {
  /** Newest first. `q` empty: everything; else full-text search over name, model, prompt and answer. */
  'history.list': call(
    z.strictObject({
      q: z.string().max(400).default(''),
      filter: HistoryFilter.default({ provider: [], state: [] }),
      order: z.enum(['newest', 'best']).default('newest'),
      before: z.string().max(200).nullable().default(null),
      limit: z.int().min(1).max(200).default(50),
    }),
    Page,
  ),
  'history.get': call(id, HistoryRow),
  /** The recorded request as the events it was seen as, without delay. */
  'history.replay': stream(id, SendEvent),
  /** Full data of one server-sent event, live or stored. */
  'history.eventData': call(
    z.strictObject({ id: z.string().max(64), index: z.int().min(0) }),
    z.object({ event: z.string(), data: z.string(), truncated: z.boolean() }),
  ),
  /** The request body that left, and the last response body as text, in pieces. */
  'history.body': stream(
    z.strictObject({ id: z.string().max(64), which: z.enum(['request', 'response']) }),
    z.object({ s: z.string() }),
  ),
  'history.delete': call(id, z.null()),
  'history.deleteAll': call(z.strictObject({}), z.object({ deleted: z.int() })),
};
