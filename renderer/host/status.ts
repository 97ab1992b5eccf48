// app.status as a store. Rising versions make the cached reads they stand for stale.
import { createStore, useStore } from 'zustand';
import type { AppStatus } from '../../preload/contract/app.ts';
import { getApi } from './api.ts';
import { connectionStore } from './connection.ts';
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

/** Follows core for as long as the window lives; begins again after each reconnection. */
export function followStatus(): void {
  let epoch = 0;
  const follow = async (mine: number) => {
    try {
      for await (const status of getApi()['app.status']({})) if (mine === epoch) takeStatus(status);
    } catch {
      // The connection was lost; its store says so and the next epoch follows again.
    }
  };
  const onEpoch = (next: number) => {
    if (next === epoch) return;
    epoch = next;
    // What changed while nobody listened cannot be known.
    if (next > 1) void queryClient.invalidateQueries();
    void follow(next);
  };
  onEpoch(connectionStore.getState().epoch);
  connectionStore.subscribe((state) => onEpoch(state.epoch));
}
