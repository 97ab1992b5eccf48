import type { KeyInfo } from '../../../preload/contract/keys.ts';
import { getApi } from '../../host/api.ts';
import { useAction } from '../../host/use-action.ts';
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
  const { busy, error, run } = useAction(async () => {
    await getApi()['keys.remove']({ id: target.id });
    toast({ title: text.done(target.name) });
    onRemoved();
  });
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
      onConfirm={() => void run()}
      busy={busy}
      error={error}
    />
  );
}
