import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';
import { ariaKeys } from './key-caps.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` once per view at most; `danger` for what cannot be undone. Default `secondary`. */
  variant?: ButtonVariant | undefined;
  /** `md` 28 px, `sm` 24 px. */
  size?: 'md' | 'sm' | undefined;
  icon?: LucideIcon | undefined;
  /** Shortcut shown on the right, tinykeys syntax. Only a hint; the key itself is a command's. */
  kbd?: string | undefined;
}

const VARIANT: Record<ButtonVariant, string> = {
  primary: 'bg-accent-solid text-on-accent font-medium not-disabled:hover:brightness-110',
  secondary: 'border border-line-strong bg-raised text-fg not-disabled:hover:bg-hover',
  ghost: 'text-muted not-disabled:hover:bg-hover not-disabled:hover:text-fg',
  danger: 'border border-danger/60 bg-raised text-danger not-disabled:hover:bg-danger/12',
};

/** A push button. Disabled ones keep their place and their text. */
export function Button({
  variant = 'secondary',
  size = 'md',
  icon: Icon,
  kbd,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-keyshortcuts={kbd ? ariaKeys(kbd) : undefined}
      {...rest}
      className={cx(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md whitespace-nowrap select-none disabled:opacity-50 aria-disabled:opacity-50',
        size === 'sm' ? 'h-6 px-2 text-xs' : 'h-7 px-2.5 text-sm',
        variant === 'primary' && 'focus-visible:outline-offset-2',
        VARIANT[variant],
        className,
      )}
    >
      {Icon && <Icon size={14} aria-hidden="true" />}
      {children}
      {kbd && <Kbd keys={kbd} plain={variant === 'primary'} />}
    </button>
  );
}
