import { type FormEvent, useId, useRef, useState } from 'react';
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import { getApi } from '../../host/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { BaseUrlField } from './base-url-field.tsx';
import { type FormError, formError } from './form-error.ts';
import { GetKeyLink } from './get-key-link.tsx';
import { messages } from './messages.ts';
import { SecretField } from './secret-field.tsx';

const text = messages.replace;

export interface ReplaceKeyDialogProps {
  target: KeyInfo;
  provider: ProviderInfo | undefined;
  onClose: () => void;
}

/** A new secret under the same name; where the provider allows it, also another base URL. */
export function ReplaceKeyDialog({ target, provider, onClose }: ReplaceKeyDialogProps) {
  const formId = useId();
  const secret = useRef<HTMLInputElement>(null);
  const [baseUrl, setBaseUrl] = useState(target.baseUrl);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<FormError | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!secret.current?.value) return setError({ field: 'secret', message: messages.add.secretMissing });
    setBusy(true);
    setError(null);
    try {
      const moved = baseUrl.trim() === target.baseUrl ? {} : { baseUrl: baseUrl.trim() };
      await getApi()['keys.replace']({ id: target.id, secret: secret.current.value, ...moved });
      secret.current.value = '';
      toast({ title: text.done(target.name) });
      onClose();
    } catch (failure) {
      setError(formError(failure));
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title(target.name)}
      description={text.text}
      initialFocus={secret}
      keepOnOutsidePress
      footer={
        <>
          <Button onClick={onClose}>{messages.actions.cancel}</Button>
          <Button variant="primary" type="submit" form={formId} disabled={busy}>
            {busy ? text.submitting : text.submit}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} autoComplete="off" noValidate className="flex flex-col gap-3">
        {provider && (
          <BaseUrlField
            provider={provider}
            value={baseUrl}
            onChange={setBaseUrl}
            error={error?.field === 'baseUrl' ? error.message : null}
          />
        )}
        <SecretField
          label={text.secret}
          inputRef={secret}
          placeholder={provider?.keyHint}
          help={messages.add.secretHelp}
          error={error?.field === 'secret' ? error.message : undefined}
          aside={<GetKeyLink url={provider?.keyUrl ?? ''} />}
          onEdit={() => setError(null)}
        />
        {error && error.field !== 'secret' && error.field !== 'baseUrl' && (
          <p role="alert" className="text-sm text-danger">
            {error.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
