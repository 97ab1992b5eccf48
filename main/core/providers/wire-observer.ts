// A look at one fetch from below: the headers as undici hands them to the connection, the head as it came.
import { type Dispatcher, fetch as undiciFetch } from 'undici';
import type { Captured } from './wire.ts';
import type { DispatchHandler } from './wire-connections.ts';
import { WireFailure } from './wire-failure.ts';
import { sentHeaders } from './wire-headers.ts';

export interface Observer {
  dispatch(options: Dispatcher.DispatchOptions, handler: DispatchHandler): boolean;
  onRequest(headers: Readonly<Record<string, unknown>>): void;
  onHead(status: number, rawHeaders: unknown, statusText: string): void;
}

/** A dispatcher for one fetch: sees its headers as they leave and the head of the answer as it came. */
export function observe(observer: Observer): Dispatcher {
  const dispatch = (options: Dispatcher.DispatchOptions, handler: DispatchHandler): boolean => {
    observer.onRequest((options.headers ?? {}) as Readonly<Record<string, unknown>>);
    const watched: DispatchHandler = {
      onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStarted: () => handler.onResponseStarted?.(),
      onResponseStart: (controller, status, headers, statusText) => {
        if (status >= 200)
          observer.onHead(status, (controller as { rawHeaders?: unknown }).rawHeaders, statusText ?? '');
        handler.onResponseStart?.(controller, status, headers, statusText);
      },
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    };
    return observer.dispatch(options, watched);
  };
  return { dispatch } as unknown as Dispatcher;
}

/** What `call` would send with its fetch; `null` if it sends nothing. Rejects with what `call` rejects with before that. */
export async function captureCall(
  call: (fetch: typeof globalThis.fetch) => Promise<unknown>,
): Promise<Captured | null> {
  let captured: Captured | null = null;
  const capture = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = (init.method ?? 'GET').toUpperCase();
    const dispatcher = observe({
      onRequest: (given) => {
        captured ??= {
          method,
          url: url.href,
          headers: sentHeaders(url.origin, given),
          body: typeof init.body === 'string' ? init.body : '',
        };
      },
      onHead: () => {},
      dispatch: () => {
        throw new WireFailure('cancelled', 'preview', 'Only a preview: nothing was sent.', '');
      },
    });
    await undiciFetch(url, {
      method,
      headers: [...new Headers(init.headers)],
      body: (init.body ?? null) as string | null,
      dispatcher,
    });
    throw new WireFailure('cancelled', 'preview', 'Only a preview: nothing was sent.', '');
  };
  try {
    await call(capture);
  } catch (error) {
    if (!captured) throw error;
  }
  return captured;
}
