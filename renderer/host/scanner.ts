// scanner.state as a store: several parts of the window show it (the Scanner, Keys, the status bar, the rail).
import { createStore, useStore } from 'zustand';
import type { ScannerState } from '../../preload/contract/scanner.ts';
import { getApi } from './api.ts';
import { follow } from './follow.ts';
import { queryClient } from './queries.ts';

interface Store {
  state: ScannerState | null;
}
const scannerStore = createStore<Store>(() => ({ state: null }));

/** `null` until the first state has come. */
export const useScanner = (): ScannerState | null => useStore(scannerStore, (store) => store.state);

/** In how many repositories, and findings, a stored key was found. `null`: in none that was scanned. */
export const useKeyLeaks = (keyId: string): { repos: number; findings: number } | null =>
  useStore(scannerStore, ({ state }) => state?.keys.find((one) => one.keyId === keyId) ?? null);

/** Takes a state in and marks the findings that were read as stale. */
function takeScannerState(next: ScannerState): void {
  const old = scannerStore.getState().state;
  scannerStore.setState({ state: next });
  if (old && old.version !== next.version) void queryClient.invalidateQueries({ queryKey: ['findings'] });
}

export const followScanner = (): void => follow(() => getApi()['scanner.state']({}), takeScannerState);
