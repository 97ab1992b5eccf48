// The browser shell's host over the small test contract: real HTTP, real WebSocket, no core.
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { Clock } from '../../main/core/clock.ts';
import { systemClock } from '../../main/core/clock.ts';
import { serve } from '../../main/core/rpc/serve.ts';
import type { Asset } from '../../main/shell/assets.ts';
import { Access } from '../../main/shell/browser/access.ts';
import { createHttpServer, type HttpOptions } from '../../main/shell/browser/http.ts';
import { attachSockets } from '../../main/shell/browser/ws-channel.ts';
import type { Channel, ClientFrame } from '../../preload/contract/frames.ts';
import { type Seen, TEST_CAPABILITIES, testContract, testHandlers } from './test-contract.ts';

const ASSETS: ReadonlyMap<string, Asset> = new Map([
  [
    '/index.html',
    {
      body: Buffer.from(
        '<!doctype html><html data-theme="system"><title>Keybench</title><p>ASSET-BYTES __CSP_NONCE__',
      ),
      type: 'text/html',
    },
  ],
  ['/assets/app.js', { body: Buffer.from('"ASSET-BYTES";'), type: 'text/javascript' }],
]);

export interface LoopbackHost {
  origin: string;
  host: string;
  port: number;
  access: Access;
  seen: Seen;
  sockets: () => number;
  /** Route and status of every HTTP answer so far, e.g. `POST /session 403`. */
  answers: string[];
  close(): Promise<void>;
}

export async function startLoopbackHost(clock: Clock = systemClock): Promise<LoopbackHost> {
  const access = new Access(clock);
  const seen: Seen = { produced: 0, finished: 0, aborted: 0 };
  let host = '';
  const options: HttpOptions = {
    access,
    assets: ASSETS,
    host: () => host,
    windowOpen: () => sockets.size() > 0,
    theme: () => 'dark',
  };
  const server = createHttpServer(options);
  const answers: string[] = [];
  server.on('request', (request, response) =>
    response.on('finish', () => answers.push(`${request.method} ${request.url} ${response.statusCode}`)),
  );
  const sockets = attachSockets(
    server,
    options,
    (channel) =>
      void serve(testContract, testHandlers(seen), channel, {
        capabilities: TEST_CAPABILITIES,
        authorize: (token) => access.tab(token),
      }),
    () => {},
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  host = `127.0.0.1:${port}`;
  return {
    origin: `http://${host}`,
    host,
    port,
    access,
    seen,
    sockets: () => sockets.size(),
    answers,
    close: async () => {
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One request with exactly these headers; `fetch` would refuse to set Host and Origin. */
export function ask(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { host: `127.0.0.1:${port}`, ...headers },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Signs in as the browser does: the launch code buys a cookie. */
export async function signIn({ port, origin, access }: LoopbackHost): Promise<string> {
  const answer = await ask(
    port,
    'POST',
    '/launch',
    { origin, 'content-type': 'application/x-www-form-urlencoded' },
    `code=${access.newLaunchCode()}`,
  );
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** The status of a WebSocket handshake: 101 when it was let in. */
export function knock(port: number, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    ws.on('open', () => {
      ws.terminate();
      resolve(101);
    });
    ws.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      response.resume();
      ws.terminate();
    });
    ws.on('error', () => resolve(0));
  });
}

/** A second server on another loopback port: the hostile page's home. */
export async function startForeignServer(page: string): Promise<{ origin: string; close(): void }> {
  const server = createServer((_request, response) => response.end(page));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A signed-in socket, as a window opens it, and the token its first frame needs. Takes the place of an older one. */
export async function openSocket(host: LoopbackHost): Promise<{ ws: WebSocket; token: string }> {
  const cookie = await signIn(host);
  const { body } = await ask(host.port, 'POST', '/session', {
    cookie,
    origin: host.origin,
    'x-keybench': 'take-over',
  });
  const { token } = JSON.parse(body) as { token: string };
  const ws = new WebSocket(`ws://${host.host}/ws`, { headers: { cookie, origin: host.origin } });
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
  return { ws, token };
}

/** The client's side of a socket in Node. */
export const channelOf = (ws: WebSocket): Channel<ClientFrame, unknown> => ({
  post: (frame) => ws.send(JSON.stringify(frame)),
  onFrame: (cb) => void ws.on('message', (data) => cb(JSON.parse(String(data)))),
  onClose: (cb) => void ws.on('close', cb),
});
