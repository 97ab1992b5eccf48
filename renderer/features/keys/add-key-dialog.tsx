import { type FormEvent, useId, useRef, useState } from 'react';
import type { KeychainStatus, KeyInfo } from '../../../preload/contract/keys.ts';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import { getApi } from '../../host/api.ts';
import { ProviderBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { addKey, type Destination } from './add-key.ts';
import { BaseUrlField } from './base-url-field.tsx';
import { type FormError, type FormField, formError } from './form-error.ts';
import { GetKeyLink } from './get-key-link.tsx';
import { announceAdded } from './key-toasts.ts';
import { looksLikeOther } from './looks-like.ts';
import { messages } from './messages.ts';
import { SecretField } from './secret-field.tsx';
import { type StorageChoice, storageNeed } from './storage-choice.ts';
import { StorageChoiceField } from './storage-choice-field.tsx';
import { suggestName } from './suggest-name.ts';

const text = messages.add;

export interface AddKeyDialogProps {
  /** Only those that take a key; at least one. */
  providers: readonly [ProviderInfo, ...ProviderInfo[]];
  initial: string | null;
  keys: readonly KeyInfo[];
  status: KeychainStatus;
  onClose: () => void;
  onAdded: (key: KeyInfo) => void;
}

/** Name, provider, base URL and secret of a new key, and where it will live. */
export function AddKeyDialog({ providers, initial, keys, status, onClose, onAdded }: AddKeyDialogProps) {
  const formId = useId();
  const [providerId, setProviderId] = useState(initial ?? providers[0].id);
  const provider = providers.find(({ id }) => id === providerId) ?? providers[0];
  const suggested = suggestName(
    provider.id,
    keys.map(({ name }) => name),
  );
  // `null` until edited, so that name and base URL follow the provider.
  const [typedName, setTypedName] = useState<string | null>(null);
  const [typedUrl, setTypedUrl] = useState<string | null>(null);
  const [check, setCheck] = useState(true);
  const [choice, setChoice] = useState<StorageChoice>('fix');
  const [consent, setConsent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<FormError | null>(null);
  // Only whose key it looks like goes into state, never the value.
  const [other, setOther] = useState<ProviderInfo | null>(null);
  const secret = useRef<HTMLInputElement>(null);
  const passphrase = useRef<HTMLInputElement>(null);
  const repeat = useRef<HTMLInputElement>(null);

  const name = typedName ?? suggested;
  const baseUrl = typedUrl ?? provider.baseUrl;
  const need = storageNeed(status);
  const errorOf = (field: FormField) => (error?.field === field ? error.message : null);
  const edited = () => setError(null);
  const doubt = (chosen: ProviderInfo) =>
    setOther(looksLikeOther(secret.current?.value ?? '', chosen, providers));

  const destination = (): Destination | FormError => {
    if (need.kind !== 'choose') return null;
    if (choice === 'fix') return { field: 'storage', message: messages.storage.choose };
    if (choice === 'memory') {
      return consent || status.memoryAllowed
        ? { choice, passphrase: '' }
        : { field: 'storage', message: messages.storage.consentNeeded };
    }
    return vaultDestination(status, passphrase.current?.value ?? '', repeat.current?.value ?? '');
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!secret.current?.value) return setError({ field: 'secret', message: text.secretMissing });
    const to = destination();
    if (to && 'field' in to) return setError(to);
    setBusy(true);
    setError(null);
    try {
      const key = await addKey(
        getApi(),
        status,
        { name: name.trim(), provider: provider.id, baseUrl: baseUrl.trim(), secret: secret.current.value },
        to,
      );
      for (const field of [secret, passphrase, repeat]) if (field.current) field.current.value = '';
      onAdded(key);
      announceAdded(key, status.service, check);
    } catch (failure) {
      setError(formError(failure));
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title}
      initialFocus={secret}
      keepOnOutsidePress
      footer={
        <>
          <span className="mr-auto min-w-0 text-xs text-muted">{where(status)}</span>
          <Button onClick={onClose}>{messages.actions.cancel}</Button>
          <Button variant="primary" type="submit" form={formId} disabled={busy || need.kind === 'probing'}>
            {busy ? text.submitting : text.submit}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} autoComplete="off" noValidate className="flex flex-col gap-3">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={text.provider} error={errorOf('provider')}>
            <Select
              value={provider.id}
              onChange={(id) => {
                setProviderId(id);
                setTypedUrl(null);
                edited();
                doubt(providers.find((one) => one.id === id) ?? provider);
              }}
              items={providers.map(({ id, name, letter, accent }) => ({
                value: id,
                label: name,
                leading: <ProviderBadge letter={letter} accent={accent} />,
              }))}
            />
          </Field>
          <Field label={text.name} error={errorOf('name')}>
            <TextField
              value={name}
              maxLength={64}
              onChange={(next) => {
                setTypedName(next);
                edited();
              }}
            />
          </Field>
        </div>
        <BaseUrlField
          provider={provider}
          value={baseUrl}
          error={errorOf('baseUrl')}
          onChange={(next) => {
            setTypedUrl(next);
            edited();
          }}
        />
        <SecretField
          label={text.secret}
          inputRef={secret}
          placeholder={provider.keyHint}
          help={text.secretHelp}
          error={errorOf('secret') ?? undefined}
          aside={<GetKeyLink url={provider.keyUrl} />}
          doubt={other ? text.looksLike(other.name, provider.name) : undefined}
          onEdit={() => {
            edited();
            doubt(provider);
          }}
        />
        {need.kind === 'choose' && (
          <StorageChoiceField
            status={status}
            choice={choice}
            onChoose={(next) => {
              setChoice(next);
              edited();
            }}
            consent={consent}
            onConsent={setConsent}
            passphrase={passphrase}
            repeat={repeat}
            error={error}
            onEdit={edited}
          />
        )}
        <Checkbox checked={check} onChange={setCheck}>
          {text.checkAfter}
        </Checkbox>
        {(errorOf('form') ?? (need.kind !== 'choose' ? errorOf('storage') : null)) && (
          <p role="alert" className="text-sm text-danger">
            {error?.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}

/** One sentence for the footer: where the key will be. */
function where(status: KeychainStatus): string {
  const need = storageNeed(status);
  if (need.kind === 'probing') return text.probing;
  if (need.kind === 'choose') return '';
  if (need.backend === 'memory') return text.storedInMemory;
  return need.backend === 'vault' ? text.storedInVault : text.storedIn(status.service);
}

const MIN_PASSPHRASE = 8;

function vaultDestination(
  status: KeychainStatus,
  passphrase: string,
  repeat: string,
): Destination | FormError {
  const creating = status.vault === 'absent';
  if (creating && passphrase.length < MIN_PASSPHRASE)
    return { field: 'passphrase', message: messages.storage.vault.short };
  if (creating && passphrase !== repeat)
    return { field: 'passphrase', message: messages.storage.vault.differ };
  if (passphrase === '') return { field: 'passphrase', message: messages.storage.vault.missing };
  return { choice: 'vault', passphrase };
}
