import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Text at the right; the whole of it toggles. Without text give an `aria-label`. */
  children?: ReactNode;
  disabled?: boolean | undefined;
  'aria-label'?: string | undefined;
  className?: string | undefined;
}

/** On or off, applied at once. The knob's place tells the state, not only its colour. */
export function Switch({ checked, onChange, children, disabled, className, ...rest }: SwitchProps) {
  const control = (
    <Base.Root
      checked={checked}
      onCheckedChange={(next) => onChange(next)}
      disabled={disabled}
      aria-label={rest['aria-label']}
      className="relative inline-flex h-4 w-7 shrink-0 items-center rounded-full border border-control bg-input p-px transition-colors duration-80 before:absolute before:-inset-1.5 before:content-[''] focus-visible:outline-offset-2 data-checked:border-accent-solid data-checked:bg-accent-solid data-disabled:opacity-50"
    >
      <Base.Thumb className="size-3 rounded-full bg-subtle transition-transform duration-80 data-checked:translate-x-3 data-checked:bg-on-accent" />
    </Base.Root>
  );
  if (children === undefined) return control;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: Base UI's switch renders the input this label wraps
    <label className={cx('inline-flex min-h-7 min-w-0 items-center gap-2 text-sm text-muted', className)}>
      {control}
      <span className="min-w-0 truncate">{children}</span>
    </label>
  );
}
