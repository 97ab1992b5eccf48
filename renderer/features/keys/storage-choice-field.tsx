import { CircleAlert } from 'lucide-react';
import type { RefObject } from 'react';
import type { KeychainStatus } from '../../../preload/contract/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import type { FormError } from './form-error.ts';
import { messages } from './messages.ts';
import { SecretField } from './secret-field.tsx';
import type { StorageChoice } from './storage-choice.ts';
import { useProbe } from './use-probe.ts';

const text = messages.storage;

export interface StorageChoiceFieldProps {
  status: KeychainStatus;
  choice: StorageChoice;
  onChoose: (choice: StorageChoice) => void;
  /** The user ticked that a key in memory is lost at the end. */
  consent: boolean;
  onConsent: (consent: boolean) => void;
  passphrase: RefObject<HTMLInputElement | null>;
  repeat: RefObject<HTMLInputElement | null>;
  error: FormError | null;
  onEdit: () => void;
}

/** The keychain cannot take the key: what can be done instead, and what each way costs. */
export function StorageChoiceField(props: StorageChoiceFieldProps) {
  const { status, choice, onChoose, consent, onConsent, passphrase, repeat, error, onEdit } = props;
  const { probing, probe, unlocks } = useProbe(status);
  const passphraseError = error?.field === 'passphrase' ? error.message : undefined;
  return (
    <fieldset className="flex flex-col gap-1 rounded-md border border-warn/40 bg-warn/8 px-3 pt-1 pb-2">
      <legend className="px-1 text-sm font-medium text-fg">{text.title}</legend>
      <p className="text-xs text-muted">{status.text}</p>
      <RadioGroup
        aria-label={text.title}
        value={choice}
        onChange={onChoose}
        options={[
          { value: 'fix', label: text.fix.label, help: status.remedy },
          { value: 'memory', label: text.memory.label, help: text.memory.help },
          { value: 'vault', label: text.vault.label, help: text.vault.help },
        ]}
      />
      {choice === 'fix' && (
        <Button className="self-start" size="sm" disabled={probing} onClick={probe}>
          {probing
            ? unlocks
              ? messages.banner.unlocking
              : messages.banner.probing
            : unlocks
              ? messages.banner.unlock
              : messages.banner.probe}
        </Button>
      )}
      {choice === 'memory' && !status.memoryAllowed && (
        <Checkbox checked={consent} onChange={onConsent}>
          {text.memory.consent}
        </Checkbox>
      )}
      {choice === 'vault' && status.vault === 'locked' && (
        <SecretField
          label={text.vault.unlock}
          inputRef={passphrase}
          error={passphraseError}
          onEdit={onEdit}
        />
      )}
      {choice === 'vault' && status.vault === 'absent' && (
        <div className="grid gap-2 sm:grid-cols-2">
          <SecretField
            label={text.vault.create}
            inputRef={passphrase}
            error={passphraseError}
            onEdit={onEdit}
          />
          <SecretField label={text.vault.repeat} inputRef={repeat} onEdit={onEdit} />
        </div>
      )}
      {error?.field === 'storage' && (
        <p role="alert" className="flex items-start gap-1.5 text-xs text-danger">
          <CircleAlert size={13} aria-hidden="true" className="mt-0.5 shrink-0" />
          {error.message}
        </p>
      )}
    </fieldset>
  );
}
