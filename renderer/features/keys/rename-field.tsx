import { useLayoutEffect, useRef, useState } from 'react';
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import { getApi } from '../../host/api.ts';
import { Field } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { formError } from './form-error.ts';
import { endRename } from './keys-store.ts';
import { messages } from './messages.ts';

/** The name, being edited in place. Enter saves, Esc and an unchanged name keep the old one. */
export function RenameField({ info, onDone }: { info: KeyInfo; onDone: () => void }) {
  const [name, setName] = useState(info.name);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);

  const done = () => {
    endRename();
    onDone();
  };
  const save = async () => {
    if (busy) return;
    if (name.trim() === info.name) return done();
    setBusy(true);
    try {
      await getApi()['keys.rename']({ id: info.id, name: name.trim() });
      done();
    } catch (failure) {
      setError(formError(failure).message);
      setBusy(false);
    }
  };
  return (
    <Field label={messages.detail.name} help={error ? undefined : messages.detail.renameHelp} error={error}>
      <TextField
        ref={input}
        value={name}
        maxLength={64}
        onChange={(next) => {
          setName(next);
          setError(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save();
          else if (event.key === 'Escape') done();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onBlur={() => {
          // A name that was refused stays to be mended; leaving an untouched one ends the edit.
          if (name.trim() === info.name) endRename();
        }}
      />
    </Field>
  );
}
