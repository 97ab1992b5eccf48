import { Meter as Base } from '@base-ui/react/meter';
import { cx } from './cx.ts';

export interface MeterProps {
  /** 0 to 1. */
  value: number;
  /** The name: `tokens per minute`. */
  label: string;
  /** The figure in words; default per cent. */
  text?: string | undefined;
  /** From here on it is a warning; default 0.8. */
  warnAt?: number | undefined;
  className?: string | undefined;
}

/** A share of something limited: bar and figure. */
export function Meter({ value, label, text, warnAt = 0.8, className }: MeterProps) {
  const share = Math.min(1, Math.max(0, value));
  const figure = text ?? `${Math.round(share * 100)} %`;
  return (
    <Base.Root
      value={share * 100}
      aria-label={label}
      getAriaValueText={() => figure}
      className={cx('inline-flex items-center gap-1.5', className)}
    >
      <Base.Track className="h-1.5 w-12 overflow-hidden rounded-full bg-line-strong">
        <Base.Indicator className={share >= warnAt ? 'bg-warn' : 'bg-accent'} />
      </Base.Track>
      <span aria-hidden="true" className="text-2xs text-muted">
        {figure}
      </span>
    </Base.Root>
  );
}
