// Bringing a recorded request back into the Explorer.
import { AppError, errorText } from '../../host/api.ts';
import type { Navigation } from '../../host/navigation.ts';
import { storedDraft } from '../../host/stored-draft.ts';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

/** Opens the request in a new tab; with `send` it is sent at once, as a new request. */
export async function reopen(navigation: Navigation, id: string, send = false): Promise<void> {
  try {
    const draft = await storedDraft(id);
    if (!draft) throw new AppError('NOT_FOUND', messages.detail.failed);
    navigation.openDraft(draft, { historyId: id, ...(send ? { send } : {}) });
  } catch (error) {
    toast({ title: errorText(error), tone: 'danger' });
  }
}
