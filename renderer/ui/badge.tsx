import type { CSSProperties } from 'react';
import { cx } from './cx.ts';

export interface ProviderBadgeProps {
  /** One letter. */
  letter: string;
  /** 1 to 6: the provider's accent. */
  accent: number;
  /** The provider's name for screen readers; leave out where it stands beside the badge. */
  name?: string | undefined;
  className?: string | undefined;
}

/** A provider: letter and accent, so that colour never tells it alone. */
export function ProviderBadge({ letter, accent, name, className }: ProviderBadgeProps) {
  return (
    <span
      {...(name ? { role: 'img', 'aria-label': name } : { 'aria-hidden': true })}
      style={{ '--p': `var(--color-p${accent})` } as CSSProperties}
      className={cx(
        'provider-badge inline-grid size-4.5 shrink-0 place-items-center rounded-sm font-mono text-3xs leading-none font-semibold select-none',
        className,
      )}
    >
      {letter}
    </span>
  );
}
