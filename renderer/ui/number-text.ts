// Numbers as they are typed and stepped.

/** The number that `text` says, or `null`. A comma counts as the decimal point; hex, Infinity and the like do not count. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** `value` moved by `by` and kept within the limits, without the dust of binary fractions (0.1 + 0.2). */
export function steppedNumber(
  value: number | null,
  by: number,
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
): number {
  const start = value ?? (Number.isFinite(min) ? min - by : 0);
  const digits = Math.min(10, Math.max(decimals(start), decimals(by)));
  return Math.min(max, Math.max(min, Number((start + by).toFixed(digits))));
}

/** Places after the point of a plain decimal. */
const decimals = (value: number): number => /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
