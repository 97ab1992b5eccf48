// One recorded request, read back through the same pane that draws a live one.
import { useEffect, useState } from 'react';
import type { Draft, SendEvent } from '../../../preload/contract/requests.ts';
import { getApi } from '../../host/api.ts';
import { feed } from '../../stream/feed.ts';
import { Pane } from '../../stream/pane.ts';

export interface Replay {
  pane: Pane;
  /** The request as it was made; `null` until it is known. */
  draft: Draft | null;
  /** Set once all was read, or could not be. */
  done: boolean;
}

/**
 * Reads the request `id` into a pane of its own. `revision` rises while the request still runs, and has it read anew;
 * the pane before stays on screen until the new one is full, so nothing flickers.
 */
export function useReplay(id: string, revision: string): Replay | null {
  const [replay, setReplay] = useState<(Replay & { id: string }) | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: revision is what asks for another read
  useEffect(() => {
    const abort = new AbortController();
    const pane = new Pane();
    let draft: Draft | null = null;
    const show = (done: boolean) => setReplay({ id, pane, draft, done });
    const watched = watch(getApi()['history.replay']({ id }, { signal: abort.signal }), (event) => {
      if (event.k !== 'start') return;
      draft = event.draft;
      setReplay((before) => (before?.id === id ? before : { id, pane, draft, done: false }));
    });
    void feed(pane, watched, false).then(() => {
      if (!abort.signal.aborted) show(true);
    });
    return () => abort.abort();
  }, [id, revision]);
  return replay?.id === id ? replay : null;
}

async function* watch(
  events: AsyncIterable<SendEvent>,
  see: (event: SendEvent) => void,
): AsyncGenerator<SendEvent> {
  for await (const event of events) {
    see(event);
    yield event;
  }
}
