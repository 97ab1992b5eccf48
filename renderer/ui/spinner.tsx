import { LoaderCircle } from 'lucide-react';
import { cx } from './cx.ts';
import { useDelayed } from './use-delayed.ts';

export interface SpinnerProps {
  /** What is awaited: `Loading models`. Announced politely. */
  label: string;
  /** Shows the label as well. */
  showLabel?: boolean | undefined;
  className?: string | undefined;
}

/** A wait without a known end. Nothing is shown during its first 400 ms. */
export function Spinner({ label, showLabel, className }: SpinnerProps) {
  const late = useDelayed(true);
  return (
    <span role="status" className={cx('inline-flex items-center gap-2 text-xs text-muted', className)}>
      {late && (
        <>
          <LoaderCircle size={14} aria-hidden="true" className="animate-[spin_1s_linear_infinite]" />
          <span className={showLabel ? undefined : 'sr-only'}>{label}…</span>
        </>
      )}
    </span>
  );
}
