// The list's columns and how their values are written.
import type { HistoryRow } from '../../../preload/contract/history.ts';
import { formatTokens } from '../../ui/format.ts';

/** Heading and rows share it. Narrow lists drop the key, then the tokens: both stand in the details. */
export const GRID =
  'grid h-7 items-center gap-3 px-3 grid-cols-[60px_20px_minmax(0,1fr)_104px_60px_76px] ' +
  '@2xl:grid-cols-[60px_20px_minmax(0,1fr)_104px_60px_76px_56px] ' +
  '@4xl:grid-cols-[60px_20px_minmax(0,1fr)_104px_60px_76px_56px_112px]';

export const FROM_2XL = 'hidden @2xl:block';
export const FROM_4XL = 'hidden truncate @4xl:block';

const day = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short' });

/** `20 Nov`, where rows are not grouped by day. */
export const shortDate = (at: number): string => day.format(at);

/**
 * Tokens in and out together; `–` if the provider told neither. An answer that is not whole has no last count: then
 * it is a lower bound.
 */
export function tokens({ usage, state }: Pick<HistoryRow, 'usage' | 'state'>): string {
  if (!usage || (usage.input === null && usage.output === null)) return formatTokens(null);
  const sum = formatTokens((usage.input ?? 0) + (usage.output ?? 0));
  return state === 'complete' ? sum : `≥ ${sum}`;
}
