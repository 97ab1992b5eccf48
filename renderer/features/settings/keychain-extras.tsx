import { useState } from 'react';
import type { KeychainStatus } from '../../../preload/contract/keys.ts';
import { errorText, getApi } from '../../host/api.ts';
import { useAppStatus } from '../../host/status.ts';
import { Button } from '../../ui/button.tsx';
import { formatMs } from '../../ui/format.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import { RowShell } from './row-shell.tsx';
import { VaultRow } from './vault-row.tsx';

const text = messages.keychain;

/** The keychain's state and the vault's, with what can be done about them. */
export function KeychainExtras() {
  const keychain = useAppStatus()?.keychain;
  if (!keychain) return null;
  return (
    <>
      <StateRow keychain={keychain} />
      <VaultRow vault={keychain.vault} />
    </>
  );
}

function StateRow({ keychain }: { keychain: KeychainStatus }) {
  const [probing, setProbing] = useState(false);
  const { state } = keychain;
  const act = async (call: () => Promise<unknown>) => {
    setProbing(true);
    try {
      await call();
    } catch (error) {
      toast({ title: errorText(error), tone: 'danger' });
    } finally {
      setProbing(false);
    }
  };
  const unlock = state === 'locked' || state === 'denied';
  const usable = state === 'ready' || state === 'probing';
  const took = state === 'ready' && keychain.probeMs !== null ? text.took(formatMs(keychain.probeMs)) : '';
  return (
    <RowShell
      label={text.liveLabel}
      help={[keychain.text, keychain.remedy, took, keychain.memoryAllowed ? text.memoryOn : '']
        .filter(Boolean)
        .join(' ')}
    >
      <span className="text-sm text-fg">{keychain.service}</span>
      <StatusDot tone={state === 'ready' ? 'ok' : state === 'probing' ? 'busy' : 'warn'} className="text-sm">
        {text.state[state]}
      </StatusDot>
      {!usable && !keychain.memoryAllowed && (
        <Button
          onClick={() => void act(() => getApi()['keychain.allowMemory']({}))}
          title={text.memoryNowHelp}
        >
          {text.memoryNow}
        </Button>
      )}
      <Button disabled={probing} onClick={() => void act(() => getApi()['keychain.probe']({ unlock }))}>
        {probing ? text.probing : unlock ? text.unlock : text.probe}
      </Button>
    </RowShell>
  );
}
