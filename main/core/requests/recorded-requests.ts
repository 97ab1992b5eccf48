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
export function recordedRequests(
  sender: Pick<Sender, 'ended' | 'recording' | 'replay' | 'eventData'>,
  store: StoredRequests,
) {
  /** What is on disk, then what is only in memory. */
  const find = (id: string): { draft: Draft; records: Iterable<Recorded> } => {
    const recording = sender.recording(id);
    if (!recording) return { draft: store.entry(id).draft, records: store.records(id) };
    const { draft, all, records } = recording;
    return { draft, records: all ? records : chain(store.records(id), records) };
  };
  return {
    /** A request that is still running is shown when it has ended. */
    async *replay(id: string, signal: AbortSignal): AsyncGenerator<SendEvent, void, undefined> {
      await sender.ended(id);
      const { row, draft, end } = store.entry(id);
      yield* sender.replay(find(id).records, { id, at: row.at, draft, end }, signal);
    },
    eventData: (id: string, index: number) => sender.eventData(find(id), index),
    async *body(id: string, which: 'request' | 'response'): AsyncGenerator<{ s: string }, void, undefined> {
      const { draft, records } = find(id);
      if (which === 'request') yield* textPieces(draft.body);
      else yield* responseText(records);
    },
  };
}

function* chain<T>(...parts: Iterable<T>[]): Generator<T> {
  for (const part of parts) yield* part;
}
