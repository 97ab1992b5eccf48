// The list's columns and how their values are written.
import type { Usage } from '../../../preload/contract/requests.ts';

/** Heading and rows share it. Narrow lists drop the key, then the tokens: see `hideWhenNarrow`. */
export const GRID =
  'grid items-center gap-3 px-3 grid-cols-[64px_20px_minmax(0,1fr)_108px_64px_64px] ' +
  '@2xl:grid-cols-[64px_20px_minmax(0,1fr)_108px_64px_64px_64px] ' +
  '@4xl:grid-cols-[64px_20px_minmax(0,1fr)_108px_64px_64px_64px_120px]';

export const FROM_2XL = 'hidden @2xl:block';
export const FROM_4XL = 'hidden @4xl:block';

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short' });

/** `14:02:11`. */
export const clockTime = (at: number): string => clock.format(at);

/** `20 Nov`, where rows are not grouped by day. */
export const shortDate = (at: number): string => day.format(at);

/** Tokens in and out together; `–` if the provider told neither. */
export function tokens(usage: Usage | null): string {
  if (!usage || (usage.input === null && usage.output === null)) return '–';
  return ((usage.input ?? 0) + (usage.output ?? 0)).toLocaleString('en-US');
}
