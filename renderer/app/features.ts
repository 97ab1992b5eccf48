// The only file that knows every feature, in the order of the rail.
import type { Feature } from '../ui/feature.ts';

const found = import.meta.glob<{ feature: Feature }>('../features/*/index.tsx', { eager: true });
const ORDER = ['keys', 'explorer', 'history', 'settings'];

export const features: readonly Feature[] = Object.values(found)
  .map((module) => module.feature)
  .sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));
