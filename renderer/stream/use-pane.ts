import { useSyncExternalStore } from 'react';
import type { Pane } from './pane.ts';

/** Renders again when numbers of `pane` changed, ten times a second at most. Read what is needed from the pane. */
export function usePane(pane: Pane): Pane {
  useSyncExternalStore(pane.subscribe, pane.version);
  return pane;
}
