import type { CSSProperties } from 'react';
import { cx } from './cx.ts';
import { NumberField } from './number-field.tsx';

export interface SliderProps {
  /** `null`: not set; the knob then stands at `min` and the number is empty. */
  value: number | null;
  onChange: (value: number | null) => void;
  min: number;
  max: number;
  step: number;
  /** Name of both controls. */
  label: string;
  placeholder?: string | undefined;
  className?: string | undefined;
}

/** A slider with its number beside it; both set the same value. The slider is the browser's own. */
export function Slider({ value, onChange, min, max, step, label, placeholder, className }: SliderProps) {
  const share = max > min ? ((value ?? min) - min) / (max - min) : 0;
  return (
    <div className={cx('flex items-center gap-3', className)}>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={value === null ? (placeholder ?? 'not set') : undefined}
        value={value ?? min}
        onChange={(event) => onChange(round(event.currentTarget.valueAsNumber, step))}
        min={min}
        max={max}
        step={step}
        style={{ '--share': `${value === null ? 0 : share * 100}%` } as CSSProperties}
        className="range min-w-0 flex-1"
      />
      <NumberField
        value={value}
        onChange={onChange}
        min={min}
        max={max}
        step={step}
        align="right"
        placeholder={placeholder}
        aria-label={`${label}, number`}
        className="w-16 shrink-0"
      />
    </div>
  );
}

// 0.1 + 0.2: the value goes into a request body as it stands.
const round = (value: number, step: number): number => {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Number(value.toFixed(digits));
};
