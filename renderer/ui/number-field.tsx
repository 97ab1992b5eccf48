import { NumberField as Base } from '@base-ui/react/number-field';
import { cx } from './cx.ts';

export interface NumberFieldProps {
  value: number | null;
  /** `null`: the field was emptied. Called for each valid number while typing. */
  onChange: (value: number | null) => void;
  /** Called once when typing ends (blur, Enter, arrow keys). */
  onCommit?: ((value: number | null) => void) | undefined;
  min?: number | undefined;
  max?: number | undefined;
  /** Arrow keys go by this; Shift by ten of it. */
  step?: number | undefined;
  /** Unit at the right, e.g. `s`. */
  unit?: string | undefined;
  placeholder?: string | undefined;
  align?: 'left' | 'right' | undefined;
  disabled?: boolean | undefined;
  invalid?: boolean | undefined;
  /** Lets a value out of `min`…`max` stand, so that a message can say what is wrong. */
  allowOutOfRange?: boolean | undefined;
  id?: string | undefined;
  'aria-label'?: string | undefined;
  className?: string | undefined;
}

/** A number. No grouping and a point for decimals in every language: these are API values. */
export function NumberField(props: NumberFieldProps) {
  const {
    value,
    onChange,
    onCommit,
    min,
    max,
    step,
    unit,
    placeholder,
    align = 'left',
    disabled,
    invalid,
    id,
    className,
  } = props;
  return (
    <Base.Root
      id={id}
      value={value}
      onValueChange={(next) => onChange(next)}
      onValueCommitted={(next) => onCommit?.(next)}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      allowOutOfRange={props.allowOutOfRange}
      locale="en-US"
      format={{ useGrouping: false, maximumFractionDigits: 6 }}
    >
      <Base.Group className={cx('field-shell flex h-7 items-center px-2', className)}>
        <Base.Input
          aria-label={props['aria-label']}
          {...(invalid ? { 'aria-invalid': true } : {})}
          placeholder={placeholder}
          className={cx(
            'h-full w-full min-w-0 bg-transparent font-mono text-xs text-fg outline-none',
            align === 'right' && 'text-right',
          )}
        />
        {unit && <span className="shrink-0 pl-1 text-xs text-subtle">{unit}</span>}
      </Base.Group>
    </Base.Root>
  );
}
