// Every call ends in exactly one of complete, truncated, error, cancelled. The SDKs report truncated answers as
// success (security.md, section 5d), so this decides by what was on the wire.
//
// truncated: an answer had begun and its end is missing, whatever cut it: the server, the network or one of the
// app's bounds; the error says which. error: the provider said so, or nothing of an answer came.
import type { CallError, EndState } from '../../../preload/contract/requests.ts';
import type { WireFailure } from '../providers/wire-fetch.ts';
import type { CallErrors } from './call-error.ts';
import type { Outcome } from './outcome.ts';

export interface Evidence {
  outcome: Outcome;
  /** What broke the exchange, if anything did. */
  failure: WireFailure | null;
  /** What the SDK or the adapter threw; used only where the wire has nothing to say. */
  thrown: unknown;
  /** Raw requests may get any content type, and no terminal event where the format is not known. */
  raw: boolean;
  /** The server's origin, for sentences. */
  origin: string;
}

export interface Verdict {
  state: EndState;
  error: CallError | null;
}

export function judge(evidence: Evidence, errors: CallErrors): Verdict {
  const { outcome, failure } = evidence;
  const { status } = outcome;
  const complete: Verdict = { state: 'complete', error: null };

  if (status !== null && status >= 400 && failure?.kind !== 'cancelled')
    return { state: 'error', error: errors.answer(outcome) };
  if (failure?.kind === 'redirect' || failure?.kind === 'origin')
    return { state: 'error', error: errors.failure(failure, outcome) };
  const wrong = contentProblem(evidence, errors);
  if (wrong && failure === null) return { state: 'error', error: wrong };
  // The answer is whole: what the connection does after its terminal event no longer matters.
  if (outcome.terminal && !wrong && outcome.error === null && outcome.overflow === null) return complete;
  if (failure?.kind === 'cancelled') return { state: 'cancelled', error: null };
  if (outcome.error) return { state: 'error', error: errors.answer(outcome) };
  if (failure) {
    const begun = outcome.events > 0 && status !== null && !wrong;
    return { state: begun ? 'truncated' : 'error', error: errors.failure(failure, outcome) };
  }
  if (status === null) return { state: 'error', error: errors.app(evidence.thrown) };
  if (evidence.raw && outcome.pieces === 0 && outcome.body !== 'cut') return complete;
  return { state: 'truncated', error: missingEnd(outcome, errors) };
}

/** What came is not what this API sends: a web page, nothing, JSON of something else. */
function contentProblem({ outcome, raw, origin }: Evidence, errors: CallErrors): CallError | null {
  const { mode, body, bytes, status, contentType } = outcome;
  if (status === null || raw) return null;
  const problem = (type: string, message: string, advice: string) =>
    errors.protocol(type, message, advice, outcome);
  if (mode === 'text' || mode === 'other') {
    if (bytes === 0) return empty(outcome, origin, errors);
    return /html/i.test(contentType)
      ? problem(
          'web_page',
          `The server at ${origin} answered with a web page, not with an API answer.`,
          'Check the base URL: it may lack a path such as /v1, or lead to a login page.',
        )
      : problem(
          'content_type',
          `The server at ${origin} answered with ${contentType ? `the type "${contentType}"` : 'no content type'}; this API sends text/event-stream or JSON.`,
          'Check the base URL; what came is under Events.',
        );
  }
  if (mode === 'json' && body === 'malformed')
    return problem(
      'malformed_json',
      `The server at ${origin} answered with something that is not JSON, though it says so.`,
      'Send again; if it happens each time, the server at this address is broken or not an API.',
    );
  if (mode === 'json' && body === 'json' && outcome.pieces === 0)
    return problem(
      'unknown_json',
      `The server at ${origin} answered with JSON that is not an answer of this API.`,
      'Check the base URL and the API chosen; what came is under Events.',
    );
  if (bytes === 0) return empty(outcome, origin, errors);
  return null;
}

const empty = (outcome: Outcome, origin: string, errors: CallErrors): CallError =>
  errors.protocol(
    'empty_answer',
    `The server at ${origin} answered with status ${outcome.status} and nothing else.`,
    'Check the base URL and the path, and send again.',
    outcome,
  );

const missingEnd = (outcome: Outcome, errors: CallErrors): CallError =>
  errors.protocol(
    'no_terminal_event',
    outcome.mode === 'json'
      ? 'The answer stops in the middle of its JSON: the server closed the connection too early.'
      : 'The stream stopped before the event that ends an answer: the server closed the connection too early.',
    'What arrived is kept. Send again for a whole answer.',
    outcome,
  );
