// The name that the add dialog offers.

/**
 * `<provider>-dev`, or the first of `-dev-2`, `-dev-3`… that is free. Names are unique without regard to case,
 * as in core.
 */
export function suggestName(provider: string, taken: Iterable<string>): string {
  const used = new Set([...taken].map((name) => name.toLowerCase()));
  const base = `${provider}-dev`;
  if (!used.has(base)) return base;
  let n = 2;
  while (used.has(`${base}-${n}`)) n++;
  return `${base}-${n}`;
}
