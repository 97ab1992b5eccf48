// The connections of the app: one undici Agent, kept alive between requests so that the next one starts at once.
// Tells each request whether it opened a connection and how long that took.
import { channel } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { limitFailure, MAX_HEADER_KB } from './wire-failure.ts';

export type DispatchOptions = Dispatcher.DispatchOptions;
export type DispatchHandler = Dispatcher.DispatchHandler;

export interface Connections {
  /** `onConnection` gets the ms the connection took to open, `null` if it was open already. */
  dispatch(
    options: DispatchOptions,
    handler: DispatchHandler,
    onConnection: (ms: number | null) => void,
  ): boolean;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/** Idle connections are kept this long; a server's own `keep-alive` hint goes first. */
const KEEP_ALIVE_MS = 30_000;

/** `connectSeconds` is asked for each new connection, so a changed setting holds at once. */
export function createConnections(deps: { clock: Clock; connectSeconds: () => number }): Connections {
  const { clock } = deps;
  const opened = new WeakMap<object, number | null>();
  const waiting = new WeakMap<object, (ms: number | null) => void>();
  const connectors = new Map<number, buildConnector.connector>();

  const agent = new Agent({
    connect(options, callback) {
      const seconds = deps.connectSeconds();
      // One connector per bound: a connector holds the TLS sessions, which make the next handshake shorter.
      let connector = connectors.get(seconds);
      if (!connector) {
        connector = buildConnector({ timeout: seconds * 1000, allowH2: false });
        connectors.set(seconds, connector);
      }
      const from = clock.mono();
      connector(options, (...result) => {
        const [error, socket] = result;
        if (socket) opened.set(socket, clock.mono() - from);
        if (error && (error as { code?: string }).code === 'UND_ERR_CONNECT_TIMEOUT')
          callback(limitFailure('connect', seconds), null);
        else callback(...result);
      });
    },
    // The app has its own timers, which know what the answer is; undici's 300 s defaults would cut long thinking.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_KB * 1024,
    // HTTP/1.1 only: its headers are shown as they are sent, and a cancel closes exactly one request.
    allowH2: false,
  });

  // Published synchronously while a request is made, so `current` says whose it is. Node's built-in fetch publishes
  // on the same channels; its requests are not in `waiting`.
  let current: ((ms: number | null) => void) | null = null;
  const onCreate = (message: unknown) => {
    if (current) waiting.set((message as { request: object }).request, current);
  };
  const onSend = (message: unknown) => {
    const { request, socket } = message as { request: object; socket: Socket };
    const tell = waiting.get(request);
    if (!tell) return;
    tell(opened.get(socket) ?? null);
    opened.set(socket, null); // whoever comes next finds it open
  };
  const created = channel('undici:request:create');
  const sent = channel('undici:client:sendHeaders');
  created.subscribe(onCreate);
  sent.subscribe(onSend);

  return {
    dispatch(options, handler, onConnection) {
      current = onConnection;
      try {
        return agent.dispatch(options, handler);
      } finally {
        current = null;
      }
    },
    async close() {
      created.unsubscribe(onCreate);
      sent.unsubscribe(onSend);
      await agent.destroy();
    },
  };
}
