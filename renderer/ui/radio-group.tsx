import { Radio } from '@base-ui/react/radio';
import { RadioGroup as Base } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface RadioGroupProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode; help?: ReactNode; disabled?: boolean }[];
  'aria-label'?: string | undefined;
  /** `row` for short words. */
  layout?: 'row' | 'stack' | undefined;
  className?: string | undefined;
}

/** One of a few, all of them in view. */
export function RadioGroup<T extends string>({
  value,
  onChange,
  options,
  layout = 'stack',
  className,
  ...rest
}: RadioGroupProps<T>) {
  return (
    <Base
      value={value}
      onValueChange={(next) => onChange(next as T)}
      aria-label={rest['aria-label']}
      className={cx('flex', layout === 'row' ? 'flex-wrap gap-x-4' : 'flex-col', className)}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: Base UI's radio renders the input this label wraps
        <label key={option.value} className="flex min-h-7 items-center gap-2 py-1 text-sm text-fg">
          <Radio.Root
            value={option.value}
            disabled={option.disabled}
            className="relative grid size-4 shrink-0 place-items-center rounded-full border border-control bg-input before:absolute before:-inset-1 before:content-[''] data-checked:border-accent-solid data-disabled:opacity-50"
          >
            <Radio.Indicator className="size-2 rounded-full bg-accent" />
          </Radio.Root>
          <span className="flex flex-col">
            {option.label}
            {option.help && <span className="text-xs text-muted">{option.help}</span>}
          </span>
        </label>
      ))}
    </Base>
  );
}
