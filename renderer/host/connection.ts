// The life of the connection: opened once in Electron, opened again after each loss in a browser.
import { createStore, useStore } from 'zustand';
import { connect } from '../../preload/contract/connect.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { Capabilities } from '../../preload/contract/frames.ts';
import { type AppClient, contract } from '../../preload/contract/index.ts';
import { setApi } from './api.ts';
import { ipcChannel } from './ipc-channel.ts';
import { fetchToken, openSocket } from './ws-channel.ts';

export type ConnectionState =
  | { state: 'connecting' }
  | { state: 'ready'; capabilities: Capabilities }
  /** Lost; tried again at `retryAt` (epoch ms). */
  | { state: 'lost'; message: string; retryAt: number }
  /** Refused for good; only a reload or a new start helps. */
  | { state: 'refused'; message: string };

interface Store {
  connection: ConnectionState;
  /** Rises with each connection that was made; 2 and more are reconnections. */
  epoch: number;
}

export const connectionStore = createStore<Store>(() => ({ connection: { state: 'connecting' }, epoch: 0 }));
export const useConnection = (): ConnectionState => useStore(connectionStore, (state) => state.connection);

const CLOSED: Capabilities = {
  shell: 'browser',
  windowControls: false,
  nativeMenu: false,
  nativeFileDialog: false,
  copySecret: false,
  revealInFolder: false,
  appShortcuts: false,
  remote: false,
};
let lastCapabilities = CLOSED;

/** What this shell can do. While the connection is lost, what it could do before. */
export const useCapabilities = (): Capabilities => {
  const connection = useConnection();
  return connection.state === 'ready' ? connection.capabilities : lastCapabilities;
};

/** Picks the channel, once. Resolves when the first connection stands or was refused. */
export async function startConnection(): Promise<void> {
  if (window.host) {
    const { client, ready } = connect(contract, ipcChannel(window.host));
    await settle(client, ready);
    return;
  }
  const first = Promise.withResolvers<void>();
  void keepConnected(first.resolve);
  await first.promise;
}

async function settle(client: AppClient, ready: Promise<Capabilities>): Promise<void> {
  try {
    lastCapabilities = await ready;
    setApi(client);
    connectionStore.setState(({ epoch }) => ({
      connection: { state: 'ready', capabilities: lastCapabilities },
      epoch: epoch + 1,
    }));
  } catch (error) {
    connectionStore.setState({ connection: { state: 'refused', message: sentence(error) } });
    throw error;
  }
}

let retryNow = () => {};
/** Ends the wait before the next try ("Try now"). */
export const reconnectNow = (): void => retryNow();

/** Milliseconds before try `n` (from 1): doubles to 8 s; jitter so that many windows do not come at once. */
export const backoff = (n: number, random: () => number): number =>
  Math.min(8000, 250 * 2 ** n) * (0.75 + random() * 0.5);

async function keepConnected(onFirst: () => void): Promise<void> {
  for (let tries = 0; ; ) {
    const abort = new AbortController();
    let message = 'The connection to Keybench was lost.';
    try {
      const token = await fetchToken(AbortSignal.any([abort.signal, AbortSignal.timeout(10_000)]));
      const channel = await openSocket(abort.signal);
      const closed = new Promise<void>((resolve) => channel.onClose(resolve));
      const { client, ready } = connect(contract, channel, token);
      await settle(client, ready);
      tries = 0;
      onFirst();
      await closed;
    } catch (error) {
      abort.abort();
      if (error instanceof AppError && (error.code === 'UNAUTHORIZED' || error.code === 'VERSION_MISMATCH')) {
        connectionStore.setState({ connection: { state: 'refused', message: error.message } });
        onFirst();
        return;
      }
      message = 'Keybench does not answer.';
    }
    tries += 1;
    const ms = backoff(tries, Math.random);
    connectionStore.setState({ connection: { state: 'lost', message, retryAt: Date.now() + ms } });
    onFirst();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      retryNow = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const sentence = (error: unknown): string =>
  error instanceof AppError ? error.message : 'The connection to Keybench could not be made.';
