import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { ariaKeys } from './key-caps.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon;
  /** The name: for screen readers and as the tooltip. */
  label: string;
  /** Shortcut shown in the tooltip, tinykeys syntax. */
  kbd?: string | undefined;
  /** `md` 28 px, `sm` 24 px (the smallest target there is). */
  size?: 'md' | 'sm' | undefined;
  /** For toggles: sets `aria-pressed` and the pressed look. */
  pressed?: boolean | undefined;
  tooltipSide?: 'top' | 'bottom' | 'left' | 'right' | undefined;
}

/** A button that is one icon. */
export function IconButton({
  icon: Icon,
  label,
  kbd,
  size = 'md',
  pressed,
  tooltipSide,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} kbd={kbd} side={tooltipSide}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={kbd ? ariaKeys(kbd) : undefined}
        {...rest}
        className={cx(
          'inline-grid shrink-0 place-items-center rounded-md select-none disabled:opacity-50',
          size === 'sm' ? 'size-6' : 'size-7',
          pressed
            ? 'bg-selected text-fg'
            : 'text-muted not-disabled:hover:bg-hover not-disabled:hover:text-fg',
          className,
        )}
      >
        <Icon size={size === 'sm' ? 14 : 16} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}
