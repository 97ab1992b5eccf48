import { Slider as Base } from '@base-ui/react/slider';
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

/** A slider with its number beside it; both set the same value. */
export function Slider({ value, onChange, min, max, step, label, placeholder, className }: SliderProps) {
  return (
    <div className={cx('flex items-center gap-3', className)}>
      <Base.Root
        value={value ?? min}
        onValueChange={(next) => onChange(round(next, step))}
        min={min}
        max={max}
        step={step}
        className="min-w-0 flex-1"
      >
        <Base.Control className="flex h-7 items-center px-1.5">
          <Base.Track className="h-1 w-full rounded-sm bg-line-strong">
            <Base.Indicator className={cx('rounded-sm bg-accent', value === null && 'opacity-0')} />
            <Base.Thumb
              getAriaLabel={() => label}
              className="size-3.5 rounded-full border-2 border-accent bg-panel has-focus-visible:outline-2 has-focus-visible:outline-focus before:absolute before:-inset-1.5 before:content-['']"
            />
          </Base.Track>
        </Base.Control>
      </Base.Root>
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
