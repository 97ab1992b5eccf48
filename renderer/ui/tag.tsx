import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type TagTone = 'neutral' | 'accent' | 'success' | 'warn' | 'danger' | 'info';

export interface TagProps {
  tone?: TagTone | undefined;
  mono?: boolean | undefined;
  children: ReactNode;
  className?: string | undefined;
}

const TONE: Record<TagTone, string> = {
  neutral: 'border-line-strong text-muted',
  accent: 'border-accent/50 text-accent',
  success: 'border-success/50 text-success',
  warn: 'border-warn/50 text-warn',
  danger: 'border-danger/50 text-danger',
  info: 'border-info/50 text-info',
};

/** A word that classifies: `Demo`, `MSG`, `prod`. Not a button. */
export function Tag({ tone = 'neutral', mono, children, className }: TagProps) {
  return (
    <span
      className={cx(
        'inline-flex h-4.5 shrink-0 items-center rounded-full border px-1.5 text-2xs whitespace-nowrap',
        mono && 'font-mono text-3xs',
        TONE[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
