import type { ScreenId } from '../ui/feature.ts';

// The number of a screen never depends on which screens exist: fingers learn it once.
const NUMBERS: Partial<Record<ScreenId, number>> = {
  keys: 1,
  explorer: 2,
  compare: 3,
  history: 4,
  limits: 5,
  costs: 6,
  scanner: 7,
};

/** The shortcut of a screen, tinykeys syntax. */
export function screenKeys(id: ScreenId): string | undefined {
  if (id === 'settings') return '$mod+Comma';
  const n = NUMBERS[id];
  return n === undefined ? undefined : `$mod+Digit${n}`;
}
