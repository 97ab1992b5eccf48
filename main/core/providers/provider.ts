// The one interface every provider adapter implements, and the pure interpreter of its wire format.
import type { Model, ProviderInfo } from '../../../preload/contract/providers.ts';
import type { Lane, Pairs, Usage } from '../../../preload/contract/requests.ts';

export type JsonObject = Record<string, unknown>;

/** Everything an adapter may use for one attempt. Nothing is taken from the environment or from disk. */
export interface ApiCall {
  /** e.g. `anthropic.messages`; one of the adapter's `info.apis`. */
  api: string;
  /** Without trailing slash. */
  baseUrl: string;
  /** `null` when the provider needs none. */
  secret: string | null;
  body: JsonObject;
  /** Extra headers of the user; they win over the SDK's. */
  headers: Pairs;
  query: Pairs;
  /** The observed fetch. It records, enforces limits and refuses redirects; adapters never call another. */
  fetch: typeof fetch;
  signal: AbortSignal;
}

/** What one decoded event or one whole body means, independent of the provider. */
export type Piece =
  | { kind: 'text'; lane: Lane; text: string }
  | { kind: 'usage'; usage: Usage; raw: unknown }
  | { kind: 'finish'; reason: string }
  | { kind: 'model'; model: string }
  /** An error inside a 200 stream, or the body of an error answer. */
  | { kind: 'error'; type: string; message: string; requestId: string | null }
  /** The event that proves the answer is whole: `message_stop`, `[DONE]`, `response.completed`… */
  | { kind: 'terminal' };

/** Stateful per answer (usage is gathered from several events), without I/O; never throws. */
export interface Interpreter {
  /** One server-sent event. Unknown events give no pieces. */
  event(name: string, data: string): Piece[];
  /** A whole unstreamed JSON body, success or error. */
  body(json: unknown, status: number): Piece[];
}

export interface ProviderAdapter {
  readonly info: ProviderInfo;
  /**
   * Performs one attempt through the provider's SDK (retries, logging and environment off) and drains the answer.
   * Resolves when the body has ended; rejects with whatever the SDK or the fetch threw. All observation happens in
   * `call.fetch`, so the result is nothing.
   */
  run(call: ApiCall): Promise<void>;
  /** The provider's models endpoint. Rejects like `run`. */
  models(call: Pick<ApiCall, 'baseUrl' | 'secret' | 'fetch' | 'signal'>): Promise<Model[]>;
  /** Models known without a key, for the form's first suggestion. */
  readonly builtInModels: readonly Model[];
  interpreter(api: string): Interpreter;
}
