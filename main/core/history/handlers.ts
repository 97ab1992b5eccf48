// The history part of the contract. Decoding of what was recorded belongs to the requests folder and is passed in.
import type { AppHandlers } from '../../../preload/contract/index.ts';
import type { SendEvent } from '../../../preload/contract/requests.ts';
import { notFound } from './entry-rows.ts';
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
  const known = (id: string) => {
    if (!store.has(id)) throw notFound();
    return id;
  };
  return {
    'history.list': (input, { signal }) => store.list(input, signal),
    'history.get': ({ id }) => store.get(id),
    'history.replay': ({ id }, { signal }) => replay(known(id), signal),
    'history.eventData': ({ id, index }) => eventData(known(id), index),
    'history.body': ({ id, which }, { signal }) => body(known(id), which, signal),
    'history.delete': ({ id }) => {
      store.delete(id);
      return null;
    },
    'history.deleteAll': () => ({ deleted: store.deleteAll() }),
  };
}
