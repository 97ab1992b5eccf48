import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Some but not all of what it stands for. */
  indeterminate?: boolean | undefined;
  children?: ReactNode;
  disabled?: boolean | undefined;
  'aria-label'?: string | undefined;
  className?: string | undefined;
}

/** A choice that may join others. With text, the whole of it toggles. */
export function Checkbox({
  checked,
  onChange,
  indeterminate,
  children,
  disabled,
  className,
  ...rest
}: CheckboxProps) {
  const control = (
    <Base.Root
      checked={checked}
      indeterminate={indeterminate}
      onCheckedChange={(next) => onChange(next)}
      disabled={disabled}
      aria-label={rest['aria-label']}
      className="relative grid size-4 shrink-0 place-items-center rounded-sm border border-control bg-input before:absolute before:-inset-1 before:content-[''] data-checked:border-accent-solid data-checked:bg-accent-solid data-disabled:opacity-50 data-indeterminate:border-accent-solid data-indeterminate:bg-accent-solid"
    >
      <Base.Indicator className="text-on-accent">
        {indeterminate ? (
          <Minus size={12} aria-hidden="true" />
        ) : (
          <Check size={12} aria-hidden="true" strokeWidth={3} />
        )}
      </Base.Indicator>
    </Base.Root>
  );
  if (children === undefined) return control;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: Base UI's checkbox renders the input this label wraps
    <label className={cx('flex min-h-6 items-center gap-2 text-sm text-fg', className)}>
      {control}
      <span className="flex min-w-0 flex-1 items-center gap-2">{children}</span>
    </label>
  );
}
