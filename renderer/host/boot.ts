// What the first paint needs: one connection, then the kept window state and the settings, read once.
import { createStore, useStore } from 'zustand';
import { connectionStore, startConnection } from './connection.ts';
import { queryClient } from './queries.ts';
import { followScanner } from './scanner.ts';
import { settingsQuery } from './settings.ts';
import { followStatus } from './status.ts';
import { loadUiState } from './ui-state.ts';

const store = createStore<{ booted: boolean }>(() => ({ booted: false }));

/** False until the window state and the settings were read. Stays true when the connection is lost later. */
export const useBooted = (): boolean => useStore(store, (state) => state.booted);

/** Starts the window's life. Resolves when there is something to draw: the app, or why it cannot connect. */
export function boot(): Promise<void> {
  const drawable = Promise.withResolvers<void>();
  startConnection();
  followStatus();
  followScanner();
  let begun = false;
  const look = () => {
    const { connection } = connectionStore.getState();
    if (connection.state === 'ready' && !begun) {
      begun = true;
      // A new start after a loss would overwrite what the user has done since: this is read once.
      void Promise.all([loadUiState(), queryClient.prefetchQuery(settingsQuery)]).then(() => {
        store.setState({ booted: true });
        drawable.resolve();
      });
    } else if (connection.state !== 'connecting') drawable.resolve();
  };
  connectionStore.subscribe(look);
  look();
  return drawable.promise;
}
