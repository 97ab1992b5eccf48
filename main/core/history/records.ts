// What is kept of a request: control events and raw bytes with their arrival time. Everything else (server-sent
// events, text, usage) is decoded from these, live and from disk by the same decoder, so both always agree.
import type { Draft, RequestState, SendEvent, Usage } from '../../../preload/contract/requests.ts';

/** Already scrubbed of every known secret. `t`: monotonic ms since the request's start. */
export type Recorded =
  | Extract<SendEvent, { k: 'attempt' | 'head' | 'wait' }>
  /** Response body bytes of attempt `n`, after content decoding, as they arrived. */
  | { k: 'bytes'; n: number; t: number; bytes: Uint8Array };

/** Written, durably, before a byte leaves. */
export interface NewEntry {
  id: string;
  /** Epoch ms. */
  at: number;
  draft: Draft;
  keyName: string | null;
  model: string | null;
  /** Plain text of the prompt, for search and lists. */
  prompt: string;
}

/** Characters of one field that are kept for search and lists; the whole is in the draft and in the recorded bytes. */
export const SEARCHED = 1_000_000;

/** Written in one transaction when the request has ended. */
export interface Ending {
  state: Exclude<RequestState, 'streaming'>;
  end: Extract<SendEvent, { k: 'end' }>;
  status: number | null;
  attempts: number;
  totalMs: number;
  model: string | null;
  usage: Usage | null;
  /** All text lanes joined, for search: the first `SEARCHED` characters. */
  answer: string;
}

/** The part of the history store that the recorder writes to. Synchronous: it returns when the commit is durable. */
export interface RecordSink {
  /** Throws `AppError` `DISK_FULL` or `DATABASE_READ_ONLY`. */
  begin(entry: NewEntry): void;
  /** Appends in one commit. `answer` is the new text since the last call, kept for entries that get interrupted. */
  append(id: string, records: readonly Recorded[], answer: string): void;
  finish(id: string, ending: Ending): void;
}
