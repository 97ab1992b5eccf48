import { useState } from 'react';
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import { errorText, getApi } from '../../host/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

const text = messages.remove;

/** Names the key, says what follows and what stays. */
export function RemoveKeyDialog(props: {
  target: KeyInfo;
  service: string;
  onClose: () => void;
  onRemoved: () => void;
}) {
  const { target, service, onClose, onRemoved } = props;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const remove = async () => {
    setBusy(true);
    setError(null);
    try {
      await getApi()['keys.remove']({ id: target.id });
      toast({ title: text.done(target.name) });
      onRemoved();
    } catch (failure) {
      setError(errorText(failure));
      setBusy(false);
    }
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={text.title(target.name)}
      description={
        <>
          {text.text(messages.livesIn(target.backend, service), target.last4)} {text.drafts}
        </>
      }
      confirm={busy ? text.busy : text.confirm}
      onConfirm={() => void remove()}
      busy={busy}
      error={error}
    />
  );
}
