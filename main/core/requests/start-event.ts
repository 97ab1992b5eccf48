// The first event of every request, live and replayed, and the last of one that could not be sent.
import {
  type CallError,
  type Draft,
  INLINE_BODY,
  type SendEvent,
} from '../../../preload/contract/requests.ts';
import { headSize, MOST_HEAD, withoutCredentials } from './check-headers.ts';

/**
 * A body too long for one message is left out; `history.body` has it. So are headers and query that are too long to be
 * sent: whoever asked has them.
 */
export function startEvent({ id, at, draft }: { id: string; at: number; draft: Draft }): SendEvent {
  const body = JSON.stringify(draft.body).length > INLINE_BODY ? '' : draft.body;
  const head = headSize(draft) > MOST_HEAD ? { headers: [], query: [] } : {};
  return { k: 'start', id, at, draft: { ...draft, ...head, body } };
}

/** The draft as it may be kept and shown: no stored key in clear, no credential typed by hand. */
export function keptDraft(draft: Draft, scrub: <T>(value: T) => T): Draft {
  return scrub({ ...draft, headers: withoutCredentials(draft.headers) });
}

/** The only event besides `start` of a request that could not be sent at all. */
export function refused(error: CallError | null, t: number): Extract<SendEvent, { k: 'end' }> {
  return {
    k: 'end',
    t,
    state: 'error',
    finish: null,
    error,
    ttft: null,
    usage: null,
    model: null,
    requestId: null,
    bytes: 0,
  };
}
