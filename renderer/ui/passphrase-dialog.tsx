import { type FormEvent, type RefObject, useId, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { useWiped } from './use-wiped.ts';

export interface PassphraseDialogProps {
  title: string;
  description: string;
  /** Name of the first field; of the second one too when a new passphrase is chosen. */
  label: string;
  repeatLabel?: string | undefined;
  submit: string;
  cancel: string;
  /** Sentences for an empty field and for two that differ. */
  empty: string;
  differs?: string | undefined;
  /** Resolves with a sentence when it did not work; the dialog then stays. */
  onSubmit: (passphrase: string) => Promise<string | null>;
  onClose: () => void;
}

/** Asks for a passphrase, once or twice. It is read from the field, handed on, and never kept in React's state. */
export function PassphraseDialog(props: PassphraseDialogProps) {
  const { title, description, label, repeatLabel, submit, cancel, empty, differs, onSubmit, onClose } = props;
  const form = useId();
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const passphrase = first.current?.value ?? '';
    if (passphrase === '') return setError(empty);
    if (second.current && second.current.value !== passphrase) return setError(differs ?? empty);
    setBusy(true);
    const problem = await onSubmit(passphrase);
    for (const field of [first.current, second.current]) if (field) field.value = '';
    setBusy(false);
    if (problem === null) return onClose();
    setError(problem);
    first.current?.focus();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={description}
      size="sm"
      initialFocus={first}
      keepOnOutsidePress
      footer={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button variant="primary" type="submit" form={form} disabled={busy}>
            {submit}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void send(event)} noValidate className="flex flex-col gap-3">
        <PassphraseInput
          label={label}
          inputRef={first}
          invalid={error !== null}
          describedBy={`${form}-error`}
          isNew={repeatLabel !== undefined}
        />
        {repeatLabel && (
          <PassphraseInput
            label={repeatLabel}
            inputRef={second}
            invalid={error !== null}
            describedBy={`${form}-error`}
            isNew
          />
        )}
        <p id={`${form}-error`} role="alert" className="min-h-4 text-xs text-danger">
          {error}
        </p>
      </form>
    </Dialog>
  );
}

interface PassphraseInputProps {
  label: string;
  inputRef: RefObject<HTMLInputElement | null>;
  invalid: boolean;
  describedBy: string;
  isNew: boolean;
}

function PassphraseInput({ label, inputRef, invalid, describedBy, isNew }: PassphraseInputProps) {
  useWiped(inputRef);
  return (
    <label className="flex flex-col gap-1 text-sm text-fg">
      {label}
      <span className="field-shell flex h-7 px-2">
        <input
          ref={inputRef}
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          className="min-w-0 flex-1 bg-transparent outline-none"
        />
      </span>
    </label>
  );
}
