// The list's lines: a heading per day between the rows. Headings have the height of a row, so that the list can stay
// a fixed-row list and any position is one multiplication.

export type Line<Row> = { kind: 'day'; day: string; at: number } | { kind: 'row'; row: Row };

/**
 * Puts a heading before the first row of each local day. Rows must come newest first.
 * `dayOf` turns epoch ms into a day key, so that tests need no time zone.
 */
export function groupByDay<Row extends { at: number }>(
  rows: readonly Row[],
  dayOf: (at: number) => string = localDay,
): Line<Row>[] {
  const lines: Line<Row>[] = [];
  let last: string | undefined;
  for (const row of rows) {
    const day = dayOf(row.at);
    if (day !== last) lines.push({ kind: 'day', day, at: row.at });
    last = day;
    lines.push({ kind: 'row', row });
  }
  return lines;
}

/** `2026-11-20` in local time. */
export function localDay(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `Today`, `Yesterday`, or the date with its weekday. */
export function dayLabel(at: number, now: number): string {
  if (localDay(at) === localDay(now)) return 'Today';
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (localDay(at) === localDay(yesterday.getTime())) return 'Yesterday';
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** The line a selection lands on that moved from `from` to `index`: headings are skipped, on in the same direction. */
export function landOn(lines: readonly Line<unknown>[], index: number, from: number): number {
  if (lines[index]?.kind !== 'day') return index;
  return index < from && index > 0 ? index - 1 : index + 1;
}
