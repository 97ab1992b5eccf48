import { describe, expect, test } from 'vitest';
import { limitFailure, WireFailure } from '../../../../main/core/providers/wire-fetch.ts';
import {
  type Attempt,
  createPause,
  decideRetry,
  type RetryPolicy,
} from '../../../../main/core/requests/attempts.ts';

const policy: RetryPolicy = { maxAttempts: 3, maxWaitMs: 10_000, random: () => 0.5, now: () => 0 };
const attempt = (fields: Partial<Attempt>): Attempt => ({
  status: 429,
  headers: [],
  answerBytes: 0,
  failure: null,
  errorType: null,
  ...fields,
});
const retried = (fields: Partial<Attempt>, n = 1, waited = 0) =>
  decideRetry(attempt(fields), n, waited, policy).retry;
const noteOf = (fields: Partial<Attempt>, n = 1, waited = 0) => {
  const decision = decideRetry(attempt(fields), n, waited, policy);
  return decision.retry ? null : decision.note;
};

describe('which attempts are followed by another', () => {
  test.each([408, 409, 429, 500, 502, 503, 504, 529])('%i is', (status) =>
    expect(retried({ status })).toBe(true),
  );
  test.each([400, 401, 402, 403, 404, 413, 422, 431])('%i is not', (status) =>
    expect(retried({ status })).toBe(false),
  );
  test('x-should-retry overrides the status, both ways', () => {
    expect(retried({ status: 400, headers: [['X-Should-Retry', 'true']] })).toBe(true);
    expect(retried({ status: 503, headers: [['x-should-retry', 'false']] })).toBe(false);
  });
  test.each(['insufficient_quota', 'credit_balance_exhausted'])('429 %s is not: no wait helps', (errorType) =>
    expect(retried({ errorType })).toBe(false),
  );
  test('connection errors and the connect bound are', () => {
    const failures = [
      new WireFailure('connection', 'ECONNREFUSED', '', ''),
      new WireFailure('cut', 'ECONNRESET', '', ''),
      limitFailure('connect', 15),
    ];
    for (const failure of failures) expect(retried({ status: null, failure })).toBe(true);
  });
  test('certificates, redirects, other bounds and cancelling are not', () => {
    for (const kind of ['tls', 'redirect', 'origin', 'protocol', 'cancelled'] as const)
      expect(retried({ status: null, failure: new WireFailure(kind, '', '', '') })).toBe(false);
    for (const limit of ['idle', 'total', 'body', 'line', 'events', 'headers'] as const)
      expect(retried({ status: null, failure: limitFailure(limit, 1) })).toBe(false);
  });
  test('an answer cut before its first byte is; after it, never', () => {
    const failure = new WireFailure('cut', 'ECONNRESET', '', '');
    expect(retried({ status: 200, failure })).toBe(true);
    expect(retried({ status: 200, failure, answerBytes: 1 })).toBe(false);
  });
  test('a complete answer is not', () => expect(retried({ status: 200, answerBytes: 9 })).toBe(false));
});

describe('how long and how often', () => {
  test('the reason names status, type and whose order it is', () =>
    expect(
      decideRetry(attempt({ errorType: 'rate_limit_error', headers: [['retry-after', '2']] }), 1, 0, policy),
    ).toEqual({
      retry: true,
      ms: 2000,
      reason: { status: 429, because: '429 rate_limit_error', source: 'retry-after' },
    }));
  test('without an order, backoff', () =>
    expect(decideRetry(attempt({ status: 500 }), 2, 0, policy)).toMatchObject({
      ms: 500,
      reason: { source: 'backoff' },
    }));
  test('the attempts are counted, and the end says so', () => {
    expect(retried({}, 2)).toBe(true);
    expect(noteOf({}, 3)).toContain('3 attempts');
  });
  test('a wait longer than what is left is not begun, and the end says what was asked', () => {
    const asked: Partial<Attempt> = { headers: [['retry-after', '9']] };
    expect(retried(asked, 1, 1000)).toBe(true);
    const note = noteOf(asked, 1, 2000);
    expect(note).toContain('asks to wait 9 s');
    expect(note).toContain('8 s of waiting are left');
    expect(note).toContain('"Waiting between attempts" in Settings');
  });
  test('no note where no other attempt was due', () => expect(noteOf({ status: 400 })).toBe(''));
});

describe('pause', () => {
  const never = new AbortController().signal;
  test('ends by itself', async () => {
    await createPause().wait(5, never);
  });
  test('can be skipped, once', async () => {
    const pause = createPause();
    expect(pause.skip()).toBe(false);
    const waiting = pause.wait(1e9, never);
    expect(pause.skip()).toBe(true);
    await waiting;
    expect(pause.skip()).toBe(false);
  });
  test('ends when aborted, also before it began', async () => {
    const abort = new AbortController();
    const waiting = createPause().wait(1e9, abort.signal);
    abort.abort();
    await waiting;
    await createPause().wait(1e9, abort.signal);
  });
});
