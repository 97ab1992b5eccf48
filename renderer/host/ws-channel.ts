// The bridge in a browser: one WebSocket per window, opened with a token that only this origin can fetch.
import { AppError } from '../../preload/contract/errors.ts';
import type { Channel, ClientFrame } from '../../preload/contract/frames.ts';

/**
 * Asks for a token of this tab's own. The header cannot be sent by a form or an image, and a page of another origin
 * would need a CORS answer that core never gives.
 */
export async function fetchToken(signal: AbortSignal): Promise<string> {
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { 'x-keybench': '1' },
    signal,
    cache: 'no-store',
  });
  if (answer.status === 401 || answer.status === 403)
    throw new AppError(
      'UNAUTHORIZED',
      'This window is not signed in. Start Keybench again from the terminal and use the window it opens.',
    );
  if (!answer.ok) throw new AppError('CLOSED', `Keybench answered with status ${answer.status}.`);
  const body: unknown = await answer.json();
  const token = (body as { token?: unknown } | null)?.token;
  if (typeof token !== 'string') throw new AppError('CLOSED', 'Keybench gave no token for this window.');
  return token;
}

/** Resolves once the socket is open. The channel closes with the socket and never opens again. */
export function openSocket(signal: AbortSignal): Promise<Channel<ClientFrame, unknown>> {
  const url = new URL('/ws', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  const { promise, resolve, reject } = Promise.withResolvers<Channel<ClientFrame, unknown>>();
  signal.addEventListener('abort', () => socket.close(), { once: true });
  socket.addEventListener('error', () =>
    reject(new AppError('CLOSED', 'The connection to Keybench could not be opened.')),
  );
  socket.addEventListener('close', () =>
    reject(new AppError('CLOSED', 'The connection to Keybench was closed.')),
  );
  socket.addEventListener('open', () =>
    resolve({
      post: (frame) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
      },
      onFrame: (cb) => socket.addEventListener('message', (event) => cb(parse(event.data))),
      onClose: (cb) => socket.addEventListener('close', cb),
      close: () => socket.close(),
    }),
  );
  return promise;
}

// What is not JSON is dropped by the frame schema like any other bad frame.
function parse(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : null;
  } catch {
    return null;
  }
}
