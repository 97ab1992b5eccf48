import { type FormEvent, useId, useRef, useState } from 'react';
import { errorText, getApi } from '../../host/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import { SecretField } from './secret-field.tsx';

const text = messages.vault;

/** Opens the passphrase vault for this run of the app. */
export function VaultDialog({ onClose }: { onClose: () => void }) {
  const formId = useId();
  const passphrase = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const value = passphrase.current?.value;
    if (!value) return setError(messages.storage.vault.missing);
    setBusy(true);
    setError(undefined);
    try {
      await getApi()['vault.unlock']({ passphrase: value });
      toast({ title: text.done });
      onClose();
    } catch (failure) {
      setError(errorText(failure));
      setBusy(false);
    } finally {
      // A wrong passphrase is of no use either: it is typed again.
      if (passphrase.current) passphrase.current.value = '';
      passphrase.current?.focus();
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title}
      description={messages.banner.vaultLockedText}
      size="sm"
      initialFocus={passphrase}
      footer={
        <>
          <Button onClick={onClose}>{messages.actions.cancel}</Button>
          <Button variant="primary" type="submit" form={formId} disabled={busy}>
            {busy ? text.submitting : text.submit}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} autoComplete="off" noValidate>
        <SecretField
          label={text.passphrase}
          inputRef={passphrase}
          error={error}
          onEdit={() => setError(undefined)}
        />
      </form>
    </Dialog>
  );
}
