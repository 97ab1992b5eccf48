// The app's own retry loop; the SDKs' loops are off, because they differ from each other and hide what they do.
// Retried: connection errors, 408, 409, 429 and 5xx, unless the server says otherwise; never once an answer has begun.
import type { Pairs, SendEvent } from '../../../preload/contract/requests.ts';
import type { WireFailure } from '../providers/wire-fetch.ts';
import { askedDelay, backoff, type Delay, header } from './retry-after.ts';

/** What one attempt came to. */
export interface Attempt {
  status: number | null;
  headers: Pairs;
  /** Body bytes of an answer below 400. */
  answerBytes: number;
  failure: WireFailure | null;
  /** The provider's error type, e.g. `rate_limit_error`. */
  errorType: string | null;
}

export interface RetryPolicy {
  /** Attempts in all. */
  maxAttempts: number;
  /** Milliseconds all waits together may take. */
  maxWaitMs: number;
  random: () => number;
  /** Epoch ms. */
  now: () => number;
}

export type WaitReason = Extract<SendEvent, { k: 'wait' }>['reason'];

export type Decision =
  | { retry: true; ms: number; reason: WaitReason }
  /** `note`: a sentence for the user when another attempt was due but is not made. */
  | { retry: false; note: string };

/** No time heals these (providers.md, section 4.2). */
const PERMANENT = new Set(['insufficient_quota', 'credit_balance_exhausted', 'billing_hard_limit_reached']);

/** Decides what follows attempt `n` (from 1) after `waitedMs` of waiting so far. */
export function decideRetry(attempt: Attempt, n: number, waitedMs: number, policy: RetryPolicy): Decision {
  if (!isTransient(attempt)) return { retry: false, note: '' };
  if (n >= policy.maxAttempts)
    return {
      retry: false,
      note: n > 1 ? `Given up after ${n} attempts, as chosen in Settings.` : '',
    };
  const delay: Delay = askedDelay(attempt.headers, policy.now()) ?? backoff(n, policy.random);
  const left = policy.maxWaitMs - waitedMs;
  if (delay.ms > left)
    return {
      retry: false,
      note: `${delay.source === 'backoff' ? 'The next attempt is due' : 'The server asks to wait'} ${seconds(delay.ms)}, but only ${seconds(left)} of waiting are left ("Waiting between attempts" in Settings).`,
    };
  return {
    retry: true,
    ms: delay.ms,
    reason: { status: attempt.status, because: because(attempt), source: delay.source },
  };
}

function isTransient({ status, headers, answerBytes, failure, errorType }: Attempt): boolean {
  if (answerBytes > 0) return false;
  if (errorType !== null && PERMANENT.has(errorType)) return false;
  if (status === null || status < 400) return failure?.transient ?? false;
  const told = header(headers, 'x-should-retry');
  if (told === 'true') return true;
  if (told === 'false') return false;
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

function because({ status, failure, errorType }: Attempt): string {
  if (status !== null && status >= 400) return errorType ? `${status} ${errorType}` : String(status);
  return failure ? failure.message : 'no answer';
}

const seconds = (ms: number): string => `${Math.ceil(Math.max(0, ms) / 100) / 10} s`;

/** A pause that can be cut short. */
export interface Pause {
  /** Resolves after `ms`, or at once when skipped or aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Ends the running wait; `false` if there is none. */
  skip(): boolean;
}

export function createPause(): Pause {
  let end: (() => void) | null = null;
  return {
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          end = null;
          resolve();
        };
        const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1));
        signal.addEventListener('abort', done);
        end = done;
        if (signal.aborted) done();
      }),
    skip: () => {
      if (!end) return false;
      end();
      return true;
    },
  };
}
