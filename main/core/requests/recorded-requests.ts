// What History shows of a request beyond its row: from memory while the session has it, else from the store.
import type { Draft, SendEvent } from '../../../preload/contract/requests.ts';
import type { Recorded } from '../history/records.ts';
import type { EndEvent } from './replay.ts';
import { responseText, textPieces } from './replay.ts';
import type { Sender } from './send-request.ts';

/** The part of the history store that is read here. Both throw `NOT_FOUND` or give nothing for an unknown id. */
export interface StoredRequests {
  entry(id: string): { row: { at: number }; draft: Draft; end: EndEvent | null };
  records(id: string): Iterable<Recorded>;
}

/** The functions `historyHandlers` takes. */
export function recordedRequests(sender: Sender, store: StoredRequests) {
  return {
    /** A request that is still running is shown when it has ended. */
    async *replay(id: string, signal: AbortSignal): AsyncGenerator<SendEvent, void, undefined> {
      await sender.ended(id);
      const { row, draft, end } = store.entry(id);
      yield* sender.replay(store.records(id), { id, at: row.at, draft, end }, signal);
    },
    eventData(id: string, index: number) {
      const recording = sender.recording(id);
      const from = recording ?? { draft: store.entry(id).draft, records: store.records(id) };
      return sender.eventData(from, index);
    },
    async *body(id: string, which: 'request' | 'response'): AsyncGenerator<{ s: string }, void, undefined> {
      const recording = sender.recording(id);
      if (which === 'request') yield* textPieces((recording ?? store.entry(id)).draft.body);
      else yield* responseText(recording?.records ?? store.records(id));
    },
  };
}
