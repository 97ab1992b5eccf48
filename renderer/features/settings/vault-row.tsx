import { useState } from 'react';
import type { KeychainStatus } from '../../../preload/contract/keys.ts';
import { errorText, getApi } from '../../host/api.ts';
import { Button } from '../../ui/button.tsx';
import { PassphraseDialog } from '../../ui/passphrase-dialog.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import { RowShell } from './row-shell.tsx';

const text = messages.keychain;
const TONE = { absent: 'idle', locked: 'warn', unlocked: 'ok' } as const;

/** Create, unlock or lock the vault. */
export function VaultRow({ vault }: { vault: KeychainStatus['vault'] }) {
  const [asking, setAsking] = useState(false);
  const creates = vault === 'absent';
  const submit = async (passphrase: string) => {
    try {
      await getApi()[creates ? 'vault.create' : 'vault.unlock']({ passphrase });
      toast({ title: creates ? text.created : text.unlocked });
      return null;
    } catch (error) {
      return errorText(error);
    }
  };
  const lock = async () => {
    try {
      await getApi()['vault.lock']({});
      toast({ title: text.locked });
    } catch (error) {
      toast({ title: errorText(error), tone: 'danger' });
    }
  };
  return (
    <RowShell label={text.vaultLabel} help={text.vaultHelp}>
      <StatusDot tone={TONE[vault]} className="text-sm">
        {text.vaultState[vault]}
      </StatusDot>
      {vault === 'unlocked' ? (
        <Button onClick={() => void lock()}>{text.lock}</Button>
      ) : (
        <Button onClick={() => setAsking(true)}>{creates ? text.create : text.unlockVault}</Button>
      )}
      {asking && (
        <PassphraseDialog
          title={creates ? text.createTitle : text.unlockTitle}
          description={creates ? text.createText : text.unlockText}
          label={text.passphrase}
          repeatLabel={creates ? text.repeat : undefined}
          submit={creates ? text.createAction : text.unlockAction}
          cancel={text.cancel}
          empty={text.empty}
          differs={text.differs}
          onSubmit={submit}
          onClose={() => setAsking(false)}
        />
      )}
    </RowShell>
  );
}
