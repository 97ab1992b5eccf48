// The history part of the contract. Decoding of what was recorded belongs to the requests folder and is passed in; it also
// knows requests of this session that are not kept here, so only it can say NOT_FOUND.
import type { AppHandlers } from '../../../preload/contract/index.ts';
import type { SendEvent } from '../../../preload/contract/requests.ts';
import type { HistoryStore } from './history-store.ts';

type HistoryHandlers = Pick<AppHandlers, Extract<keyof AppHandlers, `history.${string}`>>;
type EventData = Awaited<ReturnType<HistoryHandlers['history.eventData']>>;

export interface HistoryDeps {
  store: HistoryStore;
  replay: (id: string, signal: AbortSignal) => AsyncIterable<SendEvent>;
  eventData: (id: string, index: number) => EventData | Promise<EventData>;
  body: (id: string, which: 'request' | 'response', signal: AbortSignal) => AsyncIterable<{ s: string }>;
}

export function historyHandlers({ store, replay, eventData, body }: HistoryDeps): HistoryHandlers {
  return {
    'history.list': (input, { signal }) => store.list(input, signal),
    'history.get': ({ id }) => store.get(id),
    'history.replay': ({ id }, { signal }) => replay(id, signal),
    'history.eventData': ({ id, index }) => eventData(id, index),
    'history.body': ({ id, which }, { signal }) => body(id, which, signal),
    'history.delete': ({ id }) => {
      store.delete(id);
      return null;
    },
    'history.deleteAll': () => ({ deleted: store.deleteAll() }),
  };
}
