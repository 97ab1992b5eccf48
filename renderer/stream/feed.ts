// The one way into a pane, for `requests.send` and `history.replay` alike.
import type { CallError, SendEvent } from '../../preload/contract/requests.ts';
import type { Pane } from './pane.ts';

/** A failed call of the bridge: `AppError` has this shape, and features know the contract by type only. */
interface CodedError {
  code: string;
  message: string;
}

/**
 * Reads `events` into `pane` until they end; `live` lets the pane's clock run. Never rejects: a stream that fails or is aborted ends the pane as
 * `error` or `cancelled`, with what had come by then kept.
 */
export async function feed(pane: Pane, events: AsyncIterable<SendEvent>, live = true): Promise<void> {
  pane.begin(live);
  try {
    for await (const event of events) pane.push(event);
    pane.abandon('truncated', null);
  } catch (error) {
    const { code, message } = coded(error);
    if (code === 'CANCELLED') pane.abandon('cancelled', null);
    else pane.abandon('error', appError(code, message));
  }
}

function coded(error: unknown): CodedError {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return { code: error.code, message: error.message };
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
}

const appError = (type: string, message: string): CallError => ({
  source: 'app',
  provider: '',
  status: null,
  type,
  message,
  requestId: null,
  advice: '',
});
