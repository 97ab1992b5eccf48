import { messages } from './messages.ts';
import type { ControlSpec } from './setting-rows.ts';

/** A value as a person reads it: `60 s`, `on`, `Markdown`. */
export function valueText(control: ControlSpec, value: unknown): string {
  switch (control.kind) {
    case 'number':
      return `${Number(value).toLocaleString('en-US')}${control.unit ? ` ${control.unit}` : ''}`;
    case 'switch':
      return value ? messages.on : messages.off;
    case 'choice':
      return control.options.find((option) => option.value === value)?.label ?? String(value);
  }
}

/** A sentence when the number does not fit, else `null`. */
export function numberProblem(
  control: Extract<ControlSpec, { kind: 'number' }>,
  value: number | null,
): string | null {
  const { min, max, unit } = control;
  return value !== null && Number.isInteger(value) && value >= min && value <= max
    ? null
    : messages.range(min, max, unit);
}
