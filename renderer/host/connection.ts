// The life of the connection: opened once in Electron, opened again after each loss in a browser.
import { createStore, useStore } from 'zustand';
import { AppError } from '../../preload/contract/app-error.ts';
import { connect } from '../../preload/contract/connect.ts';
import type { Capabilities } from '../../preload/contract/frames.ts';
import type { AppClient, AppContract } from '../../preload/contract/index.ts';
import { setApi } from './api.ts';
import { ipcChannel } from './ipc-channel.ts';
import { METHODS } from './methods.ts';
import { fetchToken, OpenElsewhere, openSocket } from './ws-channel.ts';

export type ConnectionState =
  | { state: 'connecting' }
  | { state: 'ready'; capabilities: Capabilities }
  /** Lost; tried again at `retryAt` (epoch ms). */
  | { state: 'lost'; message: string; retryAt: number }
  /** Another window has taken the connection; `takeOver()` brings it here. */
  | { state: 'elsewhere' }
  /** Refused for good; only a reload or a new start helps. */
  | { state: 'refused'; message: string };

interface Store {
  connection: ConnectionState;
  /** Rises with each connection that was made; 2 and more are reconnections. */
  epoch: number;
}

export const connectionStore = createStore<Store>(() => ({ connection: { state: 'connecting' }, epoch: 0 }));
export const useConnection = (): ConnectionState => useStore(connectionStore, (state) => state.connection);

/** Picks the channel, once, and keeps it connected. What became of it is in the store. */
export function startConnection(): void {
  if (window.host) {
    const { client, ready } = connect<AppContract>(METHODS, ipcChannel(window.host));
    settle(client, ready).catch((error: unknown) =>
      connectionStore.setState({ connection: { state: 'refused', message: sentence(error) } }),
    );
  } else void keepConnected();
}

async function settle(client: AppClient, ready: Promise<Capabilities>): Promise<void> {
  const capabilities = await ready;
  setApi(client);
  connectionStore.setState(({ epoch }) => ({
    connection: { state: 'ready', capabilities },
    epoch: epoch + 1,
  }));
}

let wake = () => {};
let wantsOver = false;
/** Ends the wait before the next try ("Try now"). */
export const reconnectNow = (): void => wake();
/** Takes the connection from the window that has it. */
export const takeOver = (): void => {
  wantsOver = true;
  wake();
};

/** Milliseconds before try `n` (from 1): doubles to 8 s; jitter so that many windows do not come at once. */
export const backoff = (n: number, random: () => number): number =>
  Math.min(8000, 250 * 2 ** n) * (0.75 + random() * 0.5);

async function keepConnected(): Promise<void> {
  for (let tries = 0; ; ) {
    const outcome = await connectOnce(() => {
      tries = 0;
    });
    if (outcome === 'refused') return;
    tries += 1;
    const ms = backoff(tries, Math.random);
    connectionStore.setState({
      connection:
        outcome === 'elsewhere'
          ? { state: 'elsewhere' }
          : { state: 'lost', message: NO_ANSWER, retryAt: Date.now() + ms },
    });
    await new Promise<void>((resolve) => {
      // Two windows that each took the connection back by themselves would never stop.
      const timer = outcome === 'elsewhere' ? undefined : setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const NO_ANSWER = 'Keybench does not answer. It may have been closed.';

/** One connection from its beginning to its end; tells why it ended. */
async function connectOnce(onReady: () => void): Promise<'lost' | 'elsewhere' | 'refused'> {
  const abort = new AbortController();
  try {
    const over = wantsOver;
    wantsOver = false;
    const token = await fetchToken(over, AbortSignal.timeout(10_000));
    const { channel, ended } = await openSocket(abort.signal);
    const { client, ready } = connect<AppContract>(METHODS, channel, token);
    await settle(client, ready);
    onReady();
    return await ended;
  } catch (error) {
    abort.abort();
    if (error instanceof OpenElsewhere) return 'elsewhere';
    if (!(error instanceof AppError) || !FINAL.has(error.code)) return 'lost';
    connectionStore.setState({ connection: { state: 'refused', message: error.message } });
    return 'refused';
  }
}
const FINAL: ReadonlySet<string> = new Set(['UNAUTHORIZED', 'VERSION_MISMATCH']);

const sentence = (error: unknown): string =>
  error instanceof AppError ? error.message : 'The connection to Keybench could not be made.';
