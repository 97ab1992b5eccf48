// All HTTP requests of one request of the user: each is checked, given its key, sent, and read to its end.
import { fetch as undiciFetch } from 'undici';
import type { Clock } from '../clock.ts';
import type { Exchange, WireOptions, WireScrubber, WireSession } from './wire.ts';
import { tapBody } from './wire-body.ts';
import type { Connections } from './wire-connections.ts';
import { type ExchangeLog, startExchange } from './wire-exchange.ts';
import { failureOf, WireFailure } from './wire-failure.ts';
import { observe } from './wire-observer.ts';
import { checkTarget, putCredential, redirectFailure } from './wire-target.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** SDKs hold error bodies as a whole, and no provider sends one of this size. */
const MAX_ERROR_BYTES = 1024 * 1024;

type Deps = { clock: Clock; scrubber: WireScrubber };

export function openSession(deps: Deps, connections: Connections, options: WireOptions): WireSession {
  const { signal } = options;
  const running = new Set<Promise<unknown>>();
  let last: Exchange | null = null;
  let count = 0;

  const wireFetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init.headers);
    const log = startExchange(deps, options, { n: count + 1, url, init });
    last = log.exchange;
    const fail = (error: unknown): WireFailure => {
      const cause = signal.aborted ? abortReason(signal) : error;
      log.exchange.failure ??= failureOf(cause, url.origin, log.exchange.status !== null);
      return log.exchange.failure;
    };
    const refusal = checkTarget(url, options.origin) ?? putCredential(headers, url, options.credential);
    if (refusal || signal.aborted) throw fail(refusal);
    count++;

    const abort = linkAbort(signal, init.signal ?? null, log.exchange);
    let response: Awaited<ReturnType<typeof undiciFetch>>;
    try {
      response = await undiciFetch(url, {
        method: log.method,
        headers: [...headers],
        body: (init.body ?? null) as string | Uint8Array<ArrayBuffer> | null,
        redirect: 'manual',
        signal: abort.signal,
        dispatcher: observe({
          dispatch: (given, handler) => connections.dispatch(given, handler, (ms) => log.connected(ms)),
          onRequest: (given) => {
            const failure = log.sent(given);
            if (failure) abort.abort(failure);
          },
          onHead: (status, rawHeaders, statusText) => log.head(status, rawHeaders, statusText),
        }),
      });
    } catch (error) {
      abort.release();
      throw fail(abort.signal.aborted ? abort.signal.reason : error);
    }

    const finish = (error: unknown) => {
      if (error !== null) fail(log.exchange.failure ?? abort.signal.reason ?? error);
      log.end();
      abort.release();
    };
    const redirect = REDIRECTS.has(response.status)
      ? redirectFailure(url, response.headers.get('location'))
      : null;
    const copy = response.body
      ? readWhole(response.body as ReadableStream<Uint8Array>, log, abort.abort, finish)
      : null;
    if (!copy) finish(null);
    if (redirect) throw fail(redirect);
    return asResponse(response, copy, url);
  };

  const readWhole = (
    body: ReadableStream<Uint8Array>,
    log: ExchangeLog,
    abort: (failure: WireFailure) => void,
    finish: (error: unknown) => void,
  ) => {
    const tapped = tapBody(body, {
      clock: deps.clock,
      maxBytes:
        (log.exchange.status ?? 0) >= 400
          ? Math.min(MAX_ERROR_BYTES, options.maxBodyBytes)
          : options.maxBodyBytes,
      idleMs: options.idleMs,
      chunk: (bytes) => log.chunk(bytes),
      abort: (failure) => {
        log.exchange.failure ??= failure;
        abort(failure);
      },
    });
    const done = tapped.done.then(finish).finally(() => running.delete(done));
    running.add(done);
    return tapped.stream;
  };

  return {
    fetch: wireFetch,
    last: () => last,
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** An SDK aborts its own signal when it has read enough; once the head is there that must not cut the recording. */
function linkAbort(signal: AbortSignal, sdkSignal: AbortSignal | null, exchange: Exchange) {
  const controller = new AbortController();
  const onUser = () => controller.abort(abortReason(signal));
  const onSdk = () => {
    if (exchange.status === null) controller.abort(abortReason(signal));
  };
  signal.addEventListener('abort', onUser);
  sdkSignal?.addEventListener('abort', onSdk);
  return {
    signal: controller.signal,
    abort: (failure: WireFailure) => controller.abort(failure),
    release: () => {
      signal.removeEventListener('abort', onUser);
      sdkSignal?.removeEventListener('abort', onSdk);
    },
  };
}

/** The SDKs get a Response of the runtime's own class, with the address a real one would have. */
function asResponse(
  from: Awaited<ReturnType<typeof undiciFetch>>,
  body: ReadableStream<Uint8Array> | null,
  url: URL,
): Response {
  const { status, statusText } = from;
  const response = new Response(body, { status, statusText, headers: [...from.headers] });
  Object.defineProperty(response, 'url', { value: url.href });
  return response;
}

const abortReason = (signal: AbortSignal): WireFailure =>
  signal.reason instanceof WireFailure
    ? signal.reason
    : new WireFailure('cancelled', 'cancelled', 'The request was cancelled.', '');
