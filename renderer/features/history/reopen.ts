// Bringing a recorded request back into the Explorer.
import type { Draft } from '../../../preload/contract/requests.ts';
import { AppError, errorText, getApi } from '../../host/api.ts';
import type { Navigation } from '../../host/navigation.ts';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

/** The request as it was made. Reads no further than the first event of the recording. */
async function readDraft(id: string): Promise<Draft> {
  for await (const event of getApi()['history.replay']({ id })) if (event.k === 'start') return event.draft;
  throw new AppError('NOT_FOUND', messages.detail.failed);
}

/** Opens the request in a new tab; with `send` it is sent at once, as a new request. */
export async function reopen(navigation: Navigation, id: string, send = false): Promise<void> {
  try {
    navigation.openDraft(await readDraft(id), { historyId: id, ...(send ? { send } : {}) });
  } catch (error) {
    toast({ title: errorText(error), tone: 'danger' });
  }
}
