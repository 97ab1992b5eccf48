// Under which name a backend keeps the secret of a key.
import type { KeyRow } from './key-rows.ts';

/** Under which name the backend keeps the secret of this row. */
export function accountOf({ id, version }: Pick<KeyRow, 'id' | 'version'>): string {
  if (isLitter({ id })) return id.endsWith('.1') ? id.slice(0, -2) : id;
  return version === 1 ? id : `${id}.${version}`;
}

/** A row that stands for an entry in the backend which nobody needs, to be cleared away. Never shown. */
export const isLitter = ({ id }: Pick<KeyRow, 'id'>): boolean => id.includes('.');
