import { ShieldCheck } from 'lucide-react';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { boundOrigin } from './bound-origin.ts';
import { messages } from './messages.ts';

const text = messages.add;
const CUSTOM = '';

export interface BaseUrlFieldProps {
  provider: ProviderInfo;
  value: string;
  onChange: (value: string) => void;
  error: string | null;
}

/** Where the key may be sent: presets where a provider has them, and one sentence about the binding. */
export function BaseUrlField({ provider, value, onChange, error }: BaseUrlFieldProps) {
  const origin = boundOrigin(value);
  const preset = provider.presets.find(({ baseUrl }) => baseUrl === value)?.baseUrl ?? CUSTOM;
  return (
    <div className={provider.presets.length > 0 ? 'grid gap-3 sm:grid-cols-2' : 'grid'}>
      {provider.presets.length > 0 && (
        <Field label={text.preset}>
          <Select
            value={preset}
            onChange={(baseUrl) => baseUrl !== CUSTOM && onChange(baseUrl)}
            items={[
              ...provider.presets.map(({ label, baseUrl }) => ({ value: baseUrl, label })),
              { value: CUSTOM, label: text.custom },
            ]}
          />
        </Field>
      )}
      <Field
        label={text.baseUrl}
        error={error}
        help={
          <span className="flex items-start gap-1.5">
            <ShieldCheck size={13} aria-hidden="true" className="mt-0.5 shrink-0" />
            <span className="min-w-0 break-words">{origin ? text.binding(origin) : text.bindingUnknown}</span>
          </span>
        }
      >
        <TextField
          mono
          value={value}
          onChange={onChange}
          readOnly={!provider.customBaseUrl}
          maxLength={2048}
          inputClassName={provider.customBaseUrl ? undefined : 'text-muted'}
        />
      </Field>
    </div>
  );
}
