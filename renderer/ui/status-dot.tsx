import { Circle, CircleAlert, CircleCheck, CircleDashed, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type StatusTone = 'ok' | 'warn' | 'danger' | 'idle' | 'busy';

const LOOK: Record<StatusTone, [LucideIcon, string]> = {
  ok: [CircleCheck, 'text-success'],
  warn: [TriangleAlert, 'text-warn'],
  danger: [CircleAlert, 'text-danger'],
  idle: [CircleDashed, 'text-subtle'],
  busy: [Circle, 'text-accent'],
};

export interface StatusDotProps {
  tone: StatusTone;
  /** The state in words. */
  children: ReactNode;
  className?: string | undefined;
}

/** A state as shape, colour and word, so that none of them stands alone. */
export function StatusDot({ tone, children, className }: StatusDotProps) {
  const [Icon, color] = LOOK[tone];
  return (
    <span className={cx('inline-flex min-w-0 items-center gap-1.5', color, className)}>
      <Icon size={13} aria-hidden="true" className="shrink-0" />
      <span className="truncate">{children}</span>
    </span>
  );
}
