import { Input } from '@base-ui/react/input';
import { type KeyboardEvent, useState } from 'react';
import { cx } from './cx.ts';
import { parseNumber, steppedNumber } from './number-text.ts';

export interface NumberFieldProps {
  value: number | null;
  /** `null`: the field was emptied, or what it holds is no number. Called for each change while typing. */
  onChange: (value: number | null) => void;
  /** Called once when typing ends (blur or Enter) and after each step by arrow key. */
  onCommit?: ((value: number | null) => void) | undefined;
  /** Limits of the arrow keys. A typed value is not bent to them: the caller says what is wrong with it. */
  min?: number | undefined;
  max?: number | undefined;
  /** Arrow keys go by this; with Shift by ten of it. */
  step?: number | undefined;
  /** Unit at the right, e.g. `s`. */
  unit?: string | undefined;
  placeholder?: string | undefined;
  align?: 'left' | 'right' | undefined;
  disabled?: boolean | undefined;
  invalid?: boolean | undefined;
  id?: string | undefined;
  'aria-label'?: string | undefined;
  className?: string | undefined;
}

/** A number, with a point for decimals and no grouping in every language: these are API values. */
export function NumberField(props: NumberFieldProps) {
  const {
    value,
    onChange,
    onCommit,
    min,
    max,
    step = 1,
    unit,
    placeholder,
    align = 'left',
    disabled,
    invalid,
    id,
    className,
  } = props;
  // What is being typed; `1.` and `-` are not numbers yet and must not be taken from under the cursor.
  const [typed, setTyped] = useState<string | null>(null);
  const text =
    typed !== null && parseNumber(typed) === value ? typed : value === null ? (typed ?? '') : String(value);

  const commit = (next: number | null) => {
    if (next !== null) setTyped(null);
    onCommit?.(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return commit(parseNumber(text));
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const by = (event.key === 'ArrowUp' ? step : -step) * (event.shiftKey ? 10 : 1);
    const next = steppedNumber(parseNumber(text), by, min, max);
    setTyped(null);
    onChange(next);
    onCommit?.(next);
  };
  return (
    <span className={cx('field-shell flex h-7 min-w-0 items-center px-2', className)}>
      <Input
        id={id}
        role="spinbutton"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        aria-label={props['aria-label']}
        aria-valuenow={value ?? undefined}
        aria-valuemin={min}
        aria-valuemax={max}
        {...(invalid ? { 'aria-invalid': true } : {})}
        disabled={disabled}
        placeholder={placeholder}
        value={text}
        onValueChange={(next) => {
          setTyped(next);
          onChange(parseNumber(next));
        }}
        onBlur={() => {
          if (typed !== null) commit(parseNumber(text));
        }}
        onKeyDown={onKeyDown}
        className={cx(
          'h-full w-full min-w-0 bg-transparent font-mono text-xs text-fg outline-none',
          align === 'right' && 'text-right',
        )}
      />
      {unit && <span className="shrink-0 pl-1 text-xs text-subtle">{unit}</span>}
    </span>
  );
}
