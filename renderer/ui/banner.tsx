import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type BannerTone = 'info' | 'warn' | 'danger';

export interface BannerProps {
  tone: BannerTone;
  /** One sentence: what is so. */
  title: ReactNode;
  /** One or two more: what to do, what is safe. */
  children?: ReactNode;
  /** Buttons at the right. */
  actions?: ReactNode;
  className?: string | undefined;
}

const ICON: Record<BannerTone, LucideIcon> = { info: Info, warn: TriangleAlert, danger: CircleAlert };
const TONE: Record<BannerTone, string> = {
  info: 'border-info/40 bg-info/8',
  warn: 'border-warn/40 bg-warn/8',
  danger: 'border-danger/40 bg-danger/8',
};
const TEXT: Record<BannerTone, string> = { info: 'text-info', warn: 'text-warn', danger: 'text-danger' };

/** A state that stays until it is mended. Announced when it appears. */
export function Banner({ tone, title, children, actions, className }: BannerProps) {
  const Icon = ICON[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cx('flex flex-wrap items-start gap-x-3 gap-y-1.5 border-b px-3 py-2', TONE[tone], className)}
    >
      <Icon size={16} aria-hidden="true" className={cx('mt-0.5 shrink-0', TEXT[tone])} />
      <div className="min-w-50 flex-1 text-sm">
        <div className="font-medium text-fg">{title}</div>
        {children && <div className="text-muted">{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
