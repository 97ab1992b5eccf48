// app.status as a store. Rising versions make the cached reads they stand for stale.
import { createStore, useStore } from 'zustand';
import type { AppStatus } from '../../preload/contract/app.ts';
import { getApi } from './api.ts';
import { follow } from './follow.ts';
import { queryClient } from './queries.ts';

interface Store {
  status: AppStatus | null;
}
export const statusStore = createStore<Store>(() => ({ status: null }));

/** `null` until the first status has come. */
export const useAppStatus = (): AppStatus | null => useStore(statusStore, (state) => state.status);

const STALE = [
  ['keysVersion', 'keys'],
  ['historyVersion', 'history'],
  ['settingsVersion', 'settings'],
] as const;

/** Takes a status in: stores it and marks what it makes stale. Exported for tests. */
export function takeStatus(next: AppStatus): void {
  const old = statusStore.getState().status;
  statusStore.setState({ status: next });
  for (const [version, key] of STALE)
    if (old && old[version] !== next[version]) void queryClient.invalidateQueries({ queryKey: [key] });
}

/** Follows core for as long as the window lives. */
export const followStatus = (): void =>
  follow(
    () => getApi()['app.status']({}),
    takeStatus,
    () => void queryClient.invalidateQueries(),
  );
