import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

export interface PaneProps extends ComponentProps<'section'> {
  /** Name of the pane: its hidden heading, and what F6 announces. */
  label: string;
}

/** One stop of the F6 ring: a named region with a hidden h2. Panes may not lie in one another. */
export function Pane({ label, className, children, ...rest }: PaneProps) {
  return (
    <section
      {...rest}
      aria-label={label}
      data-pane=""
      tabIndex={-1}
      className={cx('min-h-0 min-w-0', className)}
    >
      <h2 className="sr-only">{label}</h2>
      {children}
    </section>
  );
}
