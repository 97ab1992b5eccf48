// One figure, one line of JSON on standard output.

/** `values` are already rounded; the target, where there is one, stands beside what was measured. */
export function figure(name: string, values: object): void {
  console.log(JSON.stringify({ figure: name, ...values }));
}

/** `p` from 0 to 1, by nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}

export const round = (n: number): number => Math.round(n * 100) / 100;
