// Where the next page begins. Newest first: the sequence number of the last row. Best match: the newest row that was
// ranked, and how many were shown, since a rank is no stable key.
import { AppError } from '../../../preload/contract/errors.ts';

export type RankedPlace = { top: number; shown: number };

export const afterSeq = (seq: number): string => String(seq);

/** The sequence number that all rows of the page are under. */
export function parseAfterSeq(cursor: string | null): number {
  return cursor === null ? Number.MAX_SAFE_INTEGER : number(cursor);
}

export const afterRanked = ({ top, shown }: RankedPlace): string => `${top}.${shown}`;

export function parseAfterRanked(cursor: string | null): RankedPlace | null {
  if (cursor === null) return null;
  const [top = '', shown = '', more] = cursor.split('.');
  if (more !== undefined) throw bad();
  return { top: number(top), shown: number(shown) };
}

function number(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw bad();
  return Number(text);
}

const bad = () => new AppError('BAD_INPUT', 'This is not a page of the history. Load the list again.');
