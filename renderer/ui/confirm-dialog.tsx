import { type ReactNode, useRef } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

export interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  /** A question that names the thing: `Delete the key "prod"?` */
  title: ReactNode;
  /** What will be gone, and what will not. */
  description: ReactNode;
  /** The verb on the button: `Delete key`. */
  confirm: string;
  /** What the safe button says, if not `Cancel`. */
  cancel?: string | undefined;
  onConfirm: () => void;
  danger?: boolean | undefined;
  busy?: boolean | undefined;
  /** A sentence if it went wrong; the dialog then stays open. */
  error?: string | null | undefined;
}

/** Asks before what cannot be undone. The focus starts on Cancel. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onClose,
    title,
    description,
    confirm,
    cancel = 'Cancel',
    onConfirm,
    danger = true,
    busy,
    error,
  } = props;
  const safe = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      description={description}
      initialFocus={safe}
      size="sm"
      footer={
        <>
          <Button ref={safe} onClick={onClose}>
            {cancel}
          </Button>
          <Button variant={danger ? 'danger' : 'primary'} disabled={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {error && (
        <p role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
    </Dialog>
  );
}
