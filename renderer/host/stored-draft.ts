import type { Draft } from '../../preload/contract/requests.ts';
import { getApi } from './api.ts';

/**
 * The request `historyId` as it was made, with the whole of its body: the recording leaves out a large one, which then
 * comes in pieces. `null` when there is no such recording. Reads no further than the recording's first event.
 */
export async function storedDraft(historyId: string): Promise<Draft | null> {
  for await (const event of getApi()['history.replay']({ id: historyId })) {
    if (event.k === 'start') return event.draft.body ? event.draft : withBody(historyId, event.draft);
  }
  return null;
}

async function withBody(id: string, draft: Draft): Promise<Draft> {
  const parts: string[] = [];
  for await (const { s } of getApi()['history.body']({ id, which: 'request' })) parts.push(s);
  return { ...draft, body: parts.join('') };
}
