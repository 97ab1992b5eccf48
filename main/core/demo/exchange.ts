// One request to the Demo server and its answer.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Limiter, LimitState } from './limiter.ts';
import type { Pace } from './pace.ts';

/** What the families share; one per server. */
export interface DemoContext {
  clock: Clock;
  limiter: Limiter;
  /** Asked for each answer, so that a changed setting holds for the next one. */
  pace: () => Pace;
  /** A new id, unlike all others of this server, e.g. `demo-7f3a1c000005`. */
  newId: () => string;
  /** How often `demo-flaky` has failed for a prompt. */
  failures: Map<number, number>;
  /** Test knob: bytes per write, to split events at awkward places; 0 writes each batch whole. */
  bytesPerWrite: number;
}

export interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  /** Path and query. */
  url: URL;
  /** Parsed JSON of a POST; undefined otherwise. */
  body: unknown;
  context: DemoContext;
  /** Aborts when the client goes away or the server closes. */
  signal: AbortSignal;
  /** Set once the request has been charged. */
  limits: LimitState | null;
  /** e.g. `req_demo-…` */
  requestId: string;
  /** Monotonic ms. */
  startedAt: number;
}

/** Sends a whole JSON answer. */
export function replyJson(
  exchange: Exchange,
  status: number,
  headers: Record<string, string>,
  json: unknown,
): void {
  const { res } = exchange;
  if (res.headersSent || res.destroyed) return;
  const text = JSON.stringify(json);
  res.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
  });
  res.end(text);
}

/** Starts a stream and returns its writer, which waits while the client reads slower than the server writes. */
export function startStream(
  exchange: Exchange,
  headers: Record<string, string>,
): (text: string) => Promise<void> {
  const { res, signal, context } = exchange;
  res.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  res.flushHeaders();
  const write = async (bytes: Buffer) => {
    if (res.write(bytes)) return;
    await new Promise<void>((resolve, reject) => {
      const done = () => {
        res.off('drain', done);
        signal.removeEventListener('abort', done);
        if (signal.aborted) reject(signal.reason);
        else resolve();
      };
      res.once('drain', done);
      signal.addEventListener('abort', done, { once: true });
    });
  };
  return async (text) => {
    const bytes = Buffer.from(text);
    const size = context.bytesPerWrite || bytes.length;
    for (let at = 0; at < bytes.length; at += size) {
      await write(bytes.subarray(at, at + size));
      // A turn of the loop between small writes, or the socket would join them again.
      if (context.bytesPerWrite > 0) await turn(undefined, { signal });
    }
  };
}
