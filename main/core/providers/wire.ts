// The shapes of the observed fetch; the code is in wire-fetch.ts and the wire-* files beside it.
import type { Pairs } from '../../../preload/contract/requests.ts';
import type { Recorded } from '../history/records.ts';
import type { WireFailure } from './wire-failure.ts';

/** What the wire needs of the scrubber. */
export interface WireScrubber {
  text(s: string): string;
  byteStream(): { push(bytes: Uint8Array): Uint8Array; end(): Uint8Array };
}

/** SDKs and drafts only ever hold `placeholder`; the secret replaces it here, in header values, for `origin` alone. */
export interface Credential {
  placeholder: string;
  secret: string;
  alias: string;
  origin: string;
}

export interface WireOptions {
  /** Monotonic ms of the request's start; the records' times count from it. */
  start: number;
  /** The only origin this request may go to; `null` for a raw request, which may go anywhere, without the key. */
  origin: string | null;
  credential: Credential | null;
  /** Ends everything; a `WireFailure` as reason says why, anything else means that the user cancelled. */
  signal: AbortSignal;
  maxBodyBytes: number;
  idleMs: () => number;
  /** Gets every record as it happens, scrubbed. A returned failure ends the exchange. */
  onRecord: (record: Recorded) => WireFailure | undefined;
}

/** One HTTP request and its answer, as far as they got. */
export interface Exchange {
  n: number;
  url: string;
  status: number | null;
  headers: Pairs;
  bodyBytes: number;
  failure: WireFailure | null;
}

/** All exchanges of one request of the user. */
export interface WireSession {
  fetch: typeof fetch;
  /** The newest exchange; `null` before the first. A refusal to send at all is one, too. */
  last(): Exchange | null;
  /** Resolves when no exchange is under way. */
  settled(): Promise<void>;
}

export interface Wire {
  open(options: WireOptions): WireSession;
  /** What `fetch` would send for this call, without sending it; the call itself rejects. */
  capture(call: (fetch: typeof globalThis.fetch) => Promise<unknown>): Promise<Captured | null>;
  close(): Promise<void>;
}

export interface Captured {
  method: string;
  url: string;
  headers: Pairs;
  body: string;
}
