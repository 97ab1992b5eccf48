// The last stop between an SDK and the observed fetch: one place, for all SDKs, where the user's own query and
// headers are put on, a placeholder key is taken off, and unread bodies are read to their end.
import { AppError } from '../../../preload/contract/errors.ts';
import type { ApiCall } from './provider.ts';

export interface CallFetch {
  /** What the SDK gets as its `fetch`. */
  fetch: typeof fetch;
  /**
   * Reads what the SDK left of the last answer, so that the observed fetch sees the whole body. Rejects if the
   * connection breaks or the call is aborted meanwhile.
   */
  drain(): Promise<void>;
}

type Parts = Pick<ApiCall, 'fetch' | 'signal' | 'secret'> & Partial<Pick<ApiCall, 'headers' | 'query'>>;

/**
 * Wraps `call.fetch` for one attempt. `exactBody` replaces what the SDK made of the body, for an SDK that reorders
 * or drops fields. Throws `AppError` `DRAFT_INVALID` or `KEY_INVALID` for a header or key that HTTP cannot carry;
 * the runtime's own error would quote the value.
 */
export function createCallFetch(call: Parts, exactBody?: string): CallFetch {
  checkSecret(call.secret);
  checkHeaders(call.headers ?? []);
  let last: Response | null = null;

  const callFetch: typeof fetch = async (input, init = {}) => {
    const url = withQuery(input instanceof Request ? input.url : String(input), call.query ?? []);
    const headers = new Headers(init.headers);
    if (call.secret === null) headers.delete('authorization');
    putHeaders(headers, call.headers ?? []);
    const sent: RequestInit = { ...init, headers };
    if (exactBody !== undefined) sent.body = exactBody;
    last = await call.fetch(url, sent);
    return last;
  };

  const drain = async () => {
    const body = last?.body;
    // Locked: the SDK itself has read it, or is the one that fails on it.
    if (!body || body.locked) return;
    const reader = body.getReader();
    const stop = () => void reader.cancel().catch(() => {});
    call.signal.addEventListener('abort', stop, { once: true });
    try {
      if (call.signal.aborted) stop();
      while (!(await reader.read()).done);
    } finally {
      call.signal.removeEventListener('abort', stop);
      reader.releaseLock();
    }
    call.signal.throwIfAborted();
  };
  return { fetch: callFetch, drain };
}

/**
 * Runs an SDK call and then reads the rest of the answer. The SDK's own error wins over one met while draining,
 * because it names the cause.
 */
export async function runAndDrain(callFetch: CallFetch, sdkCall: () => Promise<unknown>): Promise<void> {
  try {
    await sdkCall();
  } catch (error) {
    await callFetch.drain().catch(() => {});
    throw error;
  }
  await callFetch.drain();
}

function withQuery(url: string, query: ApiCall['query']): string {
  if (query.length === 0) return url;
  const target = new URL(url);
  for (const [name, value] of query) target.searchParams.append(name, value);
  return target.href;
}

/** The first of a name replaces the SDK's, further ones are added: names may repeat. */
function putHeaders(headers: Headers, pairs: ApiCall['headers']): void {
  const seen = new Set<string>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    if (seen.has(key)) headers.append(name, value);
    else headers.set(name, value);
    seen.add(key);
  }
}

function checkHeaders(pairs: ApiCall['headers']): void {
  for (const [name, value] of pairs) {
    try {
      new Headers([[name, value]]);
    } catch {
      throw new AppError(
        'DRAFT_INVALID',
        `The header ${JSON.stringify(name.slice(0, 60))} cannot be sent: use only printable Latin characters, without line breaks, in its name and value.`,
      );
    }
  }
}

function checkSecret(secret: string | null): void {
  if (secret === null || /^[\x21-\x7e]+$/.test(secret)) return;
  throw new AppError(
    'KEY_INVALID',
    'The stored key holds a space, a line break or a character that HTTP headers cannot carry. Replace it in Keys.',
  );
}
