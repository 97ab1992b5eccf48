// The WebSocket transport: the same gate as HTTP, then frames as JSON text. No logic of the bridge lives here.
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Channel, MAX_FRAME_BYTES, type ServerFrame } from '../../../preload/contract/frames.ts';
import { gate, type HttpOptions, sessionCookie } from './http.ts';

const PING_MS = 20_000;
/** Messages one socket may send per second before it is closed; a busy window sends some tens. */
const MAX_MESSAGES_PER_SECOND = 2_000;
/** A window that cannot take its frames holds this much at most; the credit window normally keeps it far below. */
const MAX_BUFFERED = 16 * MAX_FRAME_BYTES;
/** Close code that tells a window another one took over; the renderer knows it. */
const TAKEN_OVER = 4001;

export interface Sockets {
  /** Windows connected now. */
  size(): number;
  close(): void;
}

/** Attaches the socket route `/ws`. `connected` gets each channel; the newest window replaces the one before. */
export function attachSockets(
  server: Server,
  options: HttpOptions,
  connected: (channel: Channel<ServerFrame, unknown>) => void,
  changed: (size: number) => void,
): Sockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  server.on('upgrade', (request, socket: Duplex, head) => {
    // From here on the socket is ours: HTTP has taken its listeners off, and one that resets it must not end the app.
    socket.on('error', () => socket.destroy());
    const refusal =
      gate(options, request, true) ??
      (request.url === '/ws' ? null : { status: 404, text: 'There is nothing here.' }) ??
      (options.access.session(sessionCookie(options, request))
        ? null
        : { status: 401, text: 'Not signed in.' });
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal.status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => accept(ws));
  });

  function accept(ws: WebSocket) {
    for (const other of sockets.clients)
      if (other !== ws) other.close(TAKEN_OVER, 'Opened in another window');
    const alive = keepAlive(ws);
    ws.on('error', () => ws.terminate());
    ws.on('close', () => {
      clearInterval(alive);
      changed(sockets.clients.size);
    });
    changed(sockets.clients.size);
    connected(channelOf(ws));
  }

  return {
    size: () => sockets.clients.size,
    close: () => {
      for (const ws of sockets.clients) ws.terminate();
      sockets.close();
    },
  };
}

function channelOf(ws: WebSocket): Channel<ServerFrame, unknown> {
  let second = 0;
  let count = 0;
  return {
    post: (frame) => {
      if (ws.readyState !== ws.OPEN) return;
      if (ws.bufferedAmount > MAX_BUFFERED) ws.terminate();
      else ws.send(JSON.stringify(frame));
    },
    onFrame: (cb) =>
      ws.on('message', (data, binary) => {
        const now = Math.floor(performance.now() / 1000);
        count = now === second ? count + 1 : 1;
        second = now;
        if (binary || count > MAX_MESSAGES_PER_SECOND) return ws.terminate();
        cb(parse(String(data)));
      }),
    onClose: (cb) => ws.on('close', cb),
    close: () => ws.close(1008),
  };
}

// What is not JSON becomes `undefined`, which the router refuses as a bad frame.
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Ends a socket whose other side has gone without saying so. */
function keepAlive(ws: WebSocket): NodeJS.Timeout {
  let answered = true;
  ws.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return ws.terminate();
    answered = false;
    ws.ping();
  }, PING_MS);
  timer.unref();
  return timer;
}
