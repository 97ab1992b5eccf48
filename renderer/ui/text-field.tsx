import { Input } from '@base-ui/react/input';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

export interface TextFieldProps
  extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'defaultValue' | 'size'> {
  value: string;
  onChange: (value: string) => void;
  icon?: LucideIcon | undefined;
  /** Inside the frame at the right: a unit, a button. */
  trailing?: ReactNode;
  mono?: boolean | undefined;
  /** Marks the value as wrong; inside a `Field` with an error this happens by itself. */
  invalid?: boolean | undefined;
  inputClassName?: string | undefined;
}

/** One line of text. Give it a `Field` around it or an `aria-label`. Class names go to the frame. */
export function TextField({
  value,
  onChange,
  icon: Icon,
  trailing,
  mono,
  invalid,
  className,
  inputClassName,
  ...rest
}: TextFieldProps) {
  return (
    <span className={cx('field-shell flex h-7 min-w-0 items-center gap-1.5 px-2', className)}>
      {Icon && <Icon size={14} aria-hidden="true" className="shrink-0 text-subtle" />}
      <Input
        autoComplete="off"
        spellCheck={false}
        {...rest}
        {...(invalid ? { 'aria-invalid': true } : {})}
        value={value}
        onValueChange={(next) => onChange(next)}
        className={cx(
          'h-full min-w-0 flex-1 bg-transparent text-fg outline-none',
          mono ? 'font-mono text-xs' : 'text-sm',
          inputClassName,
        )}
      />
      {trailing}
    </span>
  );
}
