import { getApi } from '../../host/api.ts';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import { chooseRepo } from './scanner-view.ts';

const text = messages.add;

/** Adds a repository, or those in a folder, says how many, and chooses the one there is. Rejects with core's error. */
export async function addRepository(path: string): Promise<void> {
  const { added, already, cut } = await getApi()['scanner.add']({ path });
  if (added.length > 0)
    toast({ title: text.done(added.length), ...(cut ? { description: text.cutAdd, tone: 'warn' } : {}) });
  else toast({ title: text.already(already.length), tone: 'warn' });
  const one = [...added, ...already];
  chooseRepo(one.length === 1 ? (one[0]?.id ?? null) : null);
}
