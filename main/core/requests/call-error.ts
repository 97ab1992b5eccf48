// An error as people see it: who said it, what it means, what to do. Nothing of an SDK's own message is used where
// the wire knows better, and everything passes the scrubber.
import { AppError } from '../../../preload/contract/errors.ts';
import type { CallError } from '../../../preload/contract/requests.ts';
import type { WireFailure } from '../providers/wire-fetch.ts';
import { adviceFor } from './advice.ts';
import { type Outcome, short } from './outcome.ts';

/** Characters of a server's words that are shown; all of them are in the body. */
const MESSAGE = 4000;
const cut = (message: string): string =>
  message.length > MESSAGE ? `${message.slice(0, MESSAGE)}… (cut)` : message;

/** Makes the errors of one request: they all name its provider and pass `text`. */
export function callErrors(provider: string, text: (s: string) => string) {
  const make = (
    source: CallError['source'],
    type: string,
    message: string,
    advice: string,
    rest: { status?: number | null; requestId?: string | null } = {},
  ): CallError => ({
    source,
    provider,
    status: rest.status ?? null,
    type: short(text(type)),
    message: cut(text(message)),
    requestId: rest.requestId == null ? null : short(text(rest.requestId)),
    advice,
  });

  return {
    /** One of the app's bounds, a broken connection, a refused target. */
    failure(failure: WireFailure, { status, requestId }: Pick<Outcome, 'status' | 'requestId'>): CallError {
      const source =
        failure.kind === 'limit'
          ? 'limit'
          : failure.kind === 'origin'
            ? 'app'
            : failure.kind === 'redirect' || failure.kind === 'protocol'
              ? 'protocol'
              : 'connection';
      return make(source, failure.code, failure.message, failure.advice, { status, requestId });
    },
    /** The provider answered with an error, as a status or inside a stream. */
    answer({ status, error, requestId }: Outcome): CallError {
      const failed = (status ?? 0) >= 400;
      const type = error?.type || (failed ? `http_${status}` : 'error');
      const message = error?.message || `The server answered with status ${status}.`;
      return make('provider', type, message, adviceFor(failed ? (status as number) : 0, type), {
        status,
        requestId: error?.requestId ?? requestId,
      });
    },
    /** The answer is not what this API sends. */
    protocol(type: string, message: string, advice: string, outcome: Outcome): CallError {
      return make('protocol', type, message, advice, outcome);
    },
    /** Something of the app or of an SDK, before anything was sent. */
    app(error: unknown): CallError {
      if (error instanceof AppError)
        return make('app', error.code, error.message, ADVICE[error.code] ?? 'Nothing was sent.');
      const message =
        error instanceof Error && error.message ? error.message : 'The request could not be built.';
      return make(
        'app',
        'request_not_built',
        message,
        'Nothing was sent. Change the request and send again.',
      );
    },
  };
}

export type CallErrors = ReturnType<typeof callErrors>;

const ADVICE: Partial<Record<AppError['code'], string>> = {
  DRAFT_INVALID: 'Nothing was sent. Change the request and send again.',
  KEY_NOT_FOUND: 'Nothing was sent. Choose a key that exists.',
  KEY_LOCKED: 'Nothing was sent. Unlock the keychain in Settings and send again.',
  KEY_MISSING: 'Nothing was sent. Add the key again in Keys.',
  KEY_WRONG_ORIGIN: 'Nothing was sent. Choose a key of this address, or add one for it.',
  KEYCHAIN_UNAVAILABLE: 'Nothing was sent. See Settings, Keychain, for what to do.',
  KEYCHAIN_TIMEOUT: 'Nothing was sent. See Settings, Keychain, for what to do.',
  KEYCHAIN_DENIED: 'Nothing was sent. Allow Keybench to use the keychain and send again.',
};
