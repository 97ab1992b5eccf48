// The one way to core. Features call `getApi()['keys.list']({})`.
import { AppError } from '../../preload/contract/app-error.ts';
import type { AppClient } from '../../preload/contract/index.ts';

let client: AppClient | undefined;

/** Called by the connection only, again after each reconnection. */
export const setApi = (next: AppClient): void => {
  client = next;
};

/** The client of the present connection. Ask for it at each call: it changes when the connection is made anew. */
export function getApi(): AppClient {
  if (!client) throw new AppError('CLOSED', 'Keybench is not connected yet.');
  return client;
}

/** The sentence to show for anything that was thrown. */
export const errorText = (error: unknown): string =>
  error instanceof AppError ? error.message : 'Something went wrong in this window. Try again.';

export { AppError };
