// Asking for the keychain again, with the OS's unlock prompt where it is locked.
import { useState } from 'react';
import type { KeychainStatus } from '../../../preload/contract/keys.ts';
import { errorText, getApi } from '../../host/api.ts';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

/**
 * `unlocks`: the probe may show a prompt, for up to 60 s. The window does not wait for it: only the button does, and
 * the new state comes in by the app's status.
 */
export function useProbe(status: Pick<KeychainStatus, 'state'>) {
  const [probing, setProbing] = useState(false);
  const unlocks = status.state === 'locked' || status.state === 'denied';
  const probe = async () => {
    setProbing(true);
    try {
      const after = await getApi()['keychain.probe']({ unlock: unlocks });
      if (unlocks && after.state === 'locked') toast({ title: messages.banner.stillLocked, tone: 'warn' });
    } catch (error) {
      toast({ title: errorText(error), tone: 'danger' });
    } finally {
      setProbing(false);
    }
  };
  return { probing, unlocks, probe: () => void probe() };
}
