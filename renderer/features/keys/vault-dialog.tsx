import { errorText, getApi } from '../../host/api.ts';
import { PassphraseDialog } from '../../ui/passphrase-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

const text = messages.vault;

/** Opens the passphrase vault for this run of the app. */
export function VaultDialog({ onClose }: { onClose: () => void }) {
  const submit = async (passphrase: string) => {
    try {
      await getApi()['vault.unlock']({ passphrase });
      toast({ title: text.done });
      return null;
    } catch (error) {
      return errorText(error);
    }
  };
  return (
    <PassphraseDialog
      title={text.title}
      description={messages.banner.vaultLockedText}
      label={text.passphrase}
      submit={text.submit}
      cancel={messages.actions.cancel}
      empty={messages.storage.vault.missing}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}
