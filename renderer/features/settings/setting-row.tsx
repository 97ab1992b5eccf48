import { RotateCcw } from 'lucide-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { DEFAULT_SETTINGS, type Settings, useSettings } from '../../host/settings.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { Switch } from '../../ui/switch.tsx';
import { changeSetting } from './change-setting.ts';
import { messages } from './messages.ts';
import { RowShell } from './row-shell.tsx';
import type { SettingRow as Row } from './setting-rows.ts';
import { numberProblem, valueText } from './setting-value.ts';

/** One setting: label, control, one line of help, ↺ once it differs from the default. */
export function SettingRow({ row }: { row: Row }) {
  const settings = useSettings();
  const [error, setError] = useState<string | null>(null);
  const help = useId();
  const standard = DEFAULT_SETTINGS[row.key];
  const changed = settings[row.key] !== standard;
  const change = (value?: unknown) => void changeSetting(row, settings, value).then(setError);
  return (
    <RowShell
      label={row.label}
      help={row.help}
      helpId={help}
      error={error}
      trailing={
        changed && (
          <IconButton
            icon={RotateCcw}
            size="sm"
            label={messages.reset(row.label, valueText(row.control, standard))}
            onClick={() => change()}
          />
        )
      }
    >
      <Control
        row={row}
        settings={settings}
        onChange={change}
        onProblem={setError}
        invalid={error !== null}
      />
    </RowShell>
  );
}

interface ControlProps {
  row: Row;
  settings: Settings;
  onChange: (value: unknown) => void;
  onProblem: (sentence: string | null) => void;
  invalid: boolean;
}

function Control({ row, settings, onChange, onProblem, invalid }: ControlProps): ReactNode {
  const { control, label, key } = row;
  const value = settings[key];
  switch (control.kind) {
    case 'number':
      return (
        <NumberControl
          row={row}
          control={control}
          value={value as number}
          onChange={onChange}
          onProblem={onProblem}
          invalid={invalid}
        />
      );
    case 'switch':
      return <Switch checked={value as boolean} onChange={onChange} aria-label={label} />;
    case 'choice':
      return (
        <RadioGroup
          layout="row"
          value={value as string}
          onChange={onChange}
          options={control.options}
          aria-label={label}
        />
      );
  }
}

type NumberControlProps = Omit<ControlProps, 'settings'> & {
  control: Extract<Row['control'], { kind: 'number' }>;
  value: number;
};

/** Saved when typing ends. A value that does not fit stays in the field with its sentence and is not saved. */
function NumberControl({ row, control, value, onChange, onProblem, invalid }: NumberControlProps) {
  const [typed, setTyped] = useState<number | null>(value);
  // Changed from elsewhere: undo, reset, another window.
  useEffect(() => {
    setTyped(value);
    onProblem(null);
  }, [value, onProblem]);
  return (
    <NumberField
      value={typed}
      onChange={setTyped}
      onCommit={(next) => {
        setTyped(next);
        const problem = numberProblem(control, next);
        onProblem(problem);
        if (problem === null) onChange(next);
      }}
      min={control.min}
      max={control.max}
      invalid={invalid}
      unit={control.unit}
      align="right"
      aria-label={control.unit ? `${row.label}, ${control.unit}` : row.label}
      className="w-28"
    />
  );
}
