// The bridge in a browser: one WebSocket per window, opened with a token that only this origin can fetch.
import { AppError } from '../../preload/contract/app-error.ts';
import type { Channel, ClientFrame } from '../../preload/contract/frames.ts';

/** The close code by which core tells a window that another one has taken its place. */
const TAKEN_OVER = 4001;

/** Why a channel is no more: lost (try again), or given to another window (do not, or they would fight). */
export type Ending = 'lost' | 'elsewhere';

/** Another window holds the connection; `takeOver` would end it there. */
export class OpenElsewhere extends Error {}

/**
 * Asks for a token of this tab's own. The header cannot be sent by a form or an image, and a page of another origin
 * would need a CORS answer that core never gives.
 */
export async function fetchToken(takeOver: boolean, signal: AbortSignal): Promise<string> {
  const headers = { 'x-keybench': takeOver ? 'take-over' : '1' };
  const answer = await fetch('/session', { method: 'POST', headers, signal, cache: 'no-store' });
  if (answer.status === 409) throw new OpenElsewhere();
  if (answer.status === 401 || answer.status === 403)
    throw new AppError(
      'UNAUTHORIZED',
      'This window is not signed in. Run "npm start" again and use the window it opens.',
    );
  if (!answer.ok) throw new AppError('CLOSED', `Keybench answered with status ${answer.status}.`);
  const body: unknown = await answer.json();
  const token = (body as { token?: unknown } | null)?.token;
  if (typeof token !== 'string') throw new AppError('CLOSED', 'Keybench gave no token for this window.');
  return token;
}

export interface Socket {
  channel: Channel<ClientFrame, unknown>;
  ended: Promise<Ending>;
}

/** Resolves once the socket is open. The channel closes with the socket and never opens again. */
export function openSocket(signal: AbortSignal): Promise<Socket> {
  const url = new URL('/ws', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  const opened = Promise.withResolvers<Socket>();
  const ended = Promise.withResolvers<Ending>();
  signal.addEventListener('abort', () => socket.close(), { once: true });
  socket.addEventListener('close', ({ code }) => {
    ended.resolve(code === TAKEN_OVER ? 'elsewhere' : 'lost');
    opened.reject(new AppError('CLOSED', 'The connection to Keybench was closed.'));
  });
  socket.addEventListener('open', () =>
    opened.resolve({
      channel: {
        post: (frame) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
        },
        onFrame: (cb) => socket.addEventListener('message', (event) => cb(parse(event.data))),
        onClose: (cb) => socket.addEventListener('close', cb),
        close: () => socket.close(),
      },
      ended: ended.promise,
    }),
  );
  return opened.promise;
}

// What is not JSON is dropped by the frame schema like any other bad frame.
function parse(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : null;
  } catch {
    return null;
  }
}
