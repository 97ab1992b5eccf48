// What is said after something was done to keys.
import type { CheckResult, KeyInfo } from '../../../preload/contract/keys.ts';
import { errorText, getApi } from '../../host/api.ts';
import { toast } from '../../ui/toast.tsx';
import { checkAll, checkKey } from './check-keys.ts';
import { messages } from './messages.ts';

const ask = (id: string): Promise<CheckResult> => getApi()['keys.check']({ id });

/** Says where the key went, and asks the provider about it if the user wanted that. */
export function announceAdded(key: KeyInfo, service: string, check: boolean): void {
  const where = messages.livesIn(key.backend, service);
  if (check) {
    toast({ title: messages.add.added(key.name, where) });
    void checkAndSay(key);
  } else {
    toast({
      title: messages.add.added(key.name, where),
      action: { label: messages.actions.check, run: () => void checkAndSay(key) },
    });
  }
}

/** Checks one key; the result is named after its key. */
export async function checkAndSay(key: Pick<KeyInfo, 'id' | 'name'>): Promise<void> {
  try {
    const { outcome, message } = await checkKey(key.id, ask);
    toast({
      title: messages.check.done(key.name, message),
      tone:
        outcome === 'ok' ? 'success' : outcome === 'rejected' || outcome === 'forbidden' ? 'danger' : 'warn',
    });
  } catch (error) {
    toast({ title: messages.check.done(key.name, errorText(error)), tone: 'danger' });
  }
}

export async function checkAllAndSay(
  keys: readonly Pick<KeyInfo, 'id'>[],
  onProgress: (done: number) => void = () => {},
): Promise<void> {
  const { checked, bad } = await checkAll(keys, ask, onProgress);
  if (checked === 0) return;
  toast(
    bad === 0
      ? { title: messages.check.allOk(checked) }
      : { title: messages.check.someBad(bad, checked), tone: 'warn' },
  );
}
