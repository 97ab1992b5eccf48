// The only file that knows every feature, in the order of the rail.
import { feature as explorer } from '../features/explorer/index.tsx';
import { feature as history } from '../features/history/index.tsx';
import { feature as keys } from '../features/keys/index.tsx';
import { feature as scanner } from '../features/scanner/index.tsx';
import { feature as settings } from '../features/settings/index.tsx';
import type { Feature } from '../ui/feature.ts';

export const features: readonly Feature[] = [keys, explorer, history, scanner, settings];
