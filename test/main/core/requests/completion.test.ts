// The faults of R4 show each case on the wire; here are the rules themselves, and that every evidence has one verdict.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limitFailure, WireFailure } from '../../../../main/core/providers/wire-fetch.ts';
import { callErrors } from '../../../../main/core/requests/call-error.ts';
import { type Evidence, judge } from '../../../../main/core/requests/completion.ts';
import { emptyOutcome, type Outcome } from '../../../../main/core/requests/outcome.ts';
import { AppError } from '../../../../preload/contract/errors.ts';
import { CallError } from '../../../../preload/contract/requests.ts';

const errors = callErrors('Sample', (s) => s);
const cut = new WireFailure('cut', 'ECONNRESET', 'It broke.', 'Again.');
const cancelled = new WireFailure('cancelled', 'cancelled', 'Cancelled.', '');
const streaming: Partial<Outcome> = {
  status: 200,
  contentType: 'text/event-stream',
  mode: 'sse',
  bytes: 100,
  events: 3,
  pieces: 3,
};
const verdict = (outcome: Partial<Outcome>, rest: Partial<Evidence> = {}) => {
  const evidence = {
    outcome: { ...emptyOutcome(), ...outcome },
    failure: null,
    thrown: undefined,
    raw: false,
    origin: 'https://x',
    ...rest,
  };
  const { state, error } = judge(evidence, errors);
  return error ? `${state} ${error.source}/${error.type}` : state;
};

describe('a stream', () => {
  test.each<[string, Partial<Outcome>, Partial<Evidence>, string]>([
    ['with its terminal event', { terminal: true }, {}, 'complete'],
    ['with it, and a break after it', { terminal: true }, { failure: cut }, 'complete'],
    ['with it, and idle after it', { terminal: true }, { failure: limitFailure('idle', 2) }, 'complete'],
    ['without it', {}, {}, 'truncated protocol/no_terminal_event'],
    ['broken', {}, { failure: cut }, 'truncated connection/ECONNRESET'],
    ['broken before any event', { events: 0, bytes: 0 }, { failure: cut }, 'error connection/ECONNRESET'],
    ['stalled', {}, { failure: limitFailure('idle', 60) }, 'truncated limit/idle'],
    ['too large', {}, { failure: limitFailure('body', 32) }, 'truncated limit/body'],
    ['cancelled', {}, { failure: cancelled }, 'cancelled'],
    ['cancelled after its end', { terminal: true }, { failure: cancelled }, 'complete'],
    [
      'with an error of the provider',
      { error: { kind: 'error', type: 'overloaded', message: 'm', requestId: null } },
      {},
      'error provider/overloaded',
    ],
    ['with nothing in it', { bytes: 0, events: 0, pieces: 0 }, {}, 'error protocol/empty_answer'],
  ])('%s', (_, outcome, rest, expected) =>
    expect(verdict({ ...streaming, ...outcome }, rest)).toBe(expected),
  );
});

describe('what never became an answer', () => {
  test.each<[string, Partial<Outcome>, Partial<Evidence>, string]>([
    [
      'no connection',
      {},
      { failure: new WireFailure('connection', 'ENOTFOUND', 'm', 'a') },
      'error connection/ENOTFOUND',
    ],
    [
      'a wrong certificate',
      {},
      { failure: new WireFailure('tls', 'CERT_HAS_EXPIRED', 'm', 'a') },
      'error connection/CERT_HAS_EXPIRED',
    ],
    ['another origin', {}, { failure: new WireFailure('origin', 'origin', 'm', 'a') }, 'error app/origin'],
    [
      'an SDK that would not build it',
      {},
      { thrown: new TypeError('No model.') },
      'error app/request_not_built',
    ],
    [
      'an adapter that says why',
      {},
      { thrown: new AppError('DRAFT_INVALID', 'No.') },
      'error app/DRAFT_INVALID',
    ],
    ['cancelled before', {}, { failure: cancelled }, 'cancelled'],
    ['an error status', { status: 401 }, { thrown: new Error('401') }, 'error provider/http_401'],
    ['an error status, its body cut', { status: 500 }, { failure: cut }, 'error provider/http_500'],
    ['an error status, cancelled', { status: 500 }, { failure: cancelled }, 'cancelled'],
    [
      'a web page',
      { status: 200, contentType: 'text/html', mode: 'text', body: 'text', bytes: 9, events: 1 },
      {},
      'error protocol/web_page',
    ],
  ])('%s', (_, outcome, rest, expected) => expect(verdict(outcome, rest)).toBe(expected));
});

test('every evidence has exactly one verdict, with an error where there is one to tell (10,000 runs)', () => {
  const failures = [
    null,
    cut,
    cancelled,
    limitFailure('idle', 1),
    limitFailure('total', 1),
    new WireFailure('redirect', 'redirect', 'm', 'a'),
  ];
  const outcome = fc.record<Outcome>({
    status: fc.constantFrom(null, 200, 204, 302, 400, 429, 500),
    contentType: fc.constantFrom('', 'text/html', 'application/json', 'text/event-stream'),
    mode: fc.constantFrom('sse', 'ndjson', 'json', 'text', 'other'),
    body: fc.constantFrom('none', 'json', 'cut', 'malformed', 'text', 'binary'),
    bytes: fc.nat(3),
    events: fc.nat(3),
    pieces: fc.nat(3),
    terminal: fc.boolean(),
    error: fc.constantFrom(null, { kind: 'error' as const, type: 't', message: '', requestId: null }),
    finish: fc.constant(null),
    model: fc.constant(null),
    usage: fc.constant(null),
    requestId: fc.constantFrom(null, 'r'),
    ttft: fc.constant(null),
    overflow: fc.constantFrom(null, 'line', 'events'),
  });
  const thrown = fc.constantFrom(undefined, new Error('x'), 'text', null);
  fc.assert(
    fc.property(outcome, fc.constantFrom(...failures), thrown, fc.boolean(), (o, failure, t, raw) => {
      const { state, error } = judge({ outcome: o, failure, thrown: t, raw, origin: 'https://x' }, errors);
      expect(['complete', 'truncated', 'error', 'cancelled']).toContain(state);
      expect(error !== null).toBe(state === 'truncated' || state === 'error');
      if (error) {
        expect(CallError.safeParse(error).success).toBe(true);
        expect(error.message).not.toBe('');
        expect(error.advice).not.toBe('');
      }
      if (state === 'cancelled') expect(failure).toBe(cancelled);
      if (state === 'complete' && !raw) expect(o.terminal).toBe(true);
    }),
    { numRuns: 10_000 },
  );
});
