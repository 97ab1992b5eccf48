// The loopback host's HTTP side: a table of routes, and one gate that every request passes first.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Asset } from '../assets.ts';
import { contentSecurityPolicy, dressPage, newNonce, SAFE_HEADERS, type Theme } from '../page-policy.ts';
import type { Access } from './access.ts';
import { enteredPage, launchPage, launchScript } from './launch-page.ts';

const MAX_FORM_BYTES = 1024;

export interface HttpOptions {
  access: Access;
  assets: ReadonlyMap<string, Asset>;
  /** `127.0.0.1:PORT` as the browser sees it. Known only after listening, hence a function. */
  host: () => string;
  /** Is a window connected already? A second one must say that it takes over. */
  windowOpen: () => boolean;
  /** The stored choice of colours. */
  theme: () => Theme;
}

/** What the gate found wrong: a status and one sentence. */
type Refusal = { status: number; text: string };

export function createHttpServer(options: HttpOptions): Server {
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 15_000, maxHeaderSize: 16 * 1024, keepAliveTimeout: 5_000 },
    (request, response) => {
      void handle(options, request, response).catch(() => {
        if (!response.headersSent) send(response, 500, text('Something went wrong inside Keybench.'));
        else response.destroy();
      });
    },
  );
  server.maxConnections = 64;
  server.maxRequestsPerSocket = 1000;
  return server;
}

/** The rules that hold for every request, upgrades included. `null` when it may go on. */
export function gate(options: HttpOptions, request: IncomingMessage, upgrade = false): Refusal | null {
  const { access, host } = options;
  if (request.headers.host !== host()) return { status: 421, text: 'This host is not served here.' };
  const origin = request.headers.origin;
  const own = `http://${host()}`;
  // The launch form comes from a file, whose origin is "null"; its one-use code is the proof there.
  const isLaunch = request.method === 'POST' && request.url === '/launch';
  if (upgrade || (request.method !== 'GET' && !(isLaunch && origin === 'null'))) {
    if (origin !== own) return { status: 403, text: 'Requests from other origins are refused.' };
  }
  const site = request.headers['sec-fetch-site'];
  const navigation = request.headers['sec-fetch-mode'] === 'navigate';
  if (site !== undefined && site !== 'same-origin' && !(navigation && (site === 'none' || isLaunch)))
    return { status: 403, text: 'Requests from other sites are refused.' };
  if (access.blockedMs() > 0)
    return { status: 429, text: 'Too many wrong attempts. Wait a minute, then open Keybench again.' };
  return null;
}

/** The session cookie of a request, if any. Named with the port since cookies know none. */
export function sessionCookie(options: HttpOptions, request: IncomingMessage): string | undefined {
  const name = cookieName(options);
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name) return value;
  }
  return undefined;
}

const cookieName = (options: HttpOptions) => `keybench_${options.host().split(':').at(-1)}`;

async function handle(options: HttpOptions, request: IncomingMessage, response: ServerResponse) {
  const refusal = gate(options, request);
  if (refusal) return send(response, refusal.status, text(refusal.text));
  const route = `${request.method} ${request.url}`;
  if (request.method !== 'GET' && request.method !== 'POST')
    return send(response, 405, text('Only GET and POST are served.'), { allow: 'GET, POST' });
  if (route === 'GET /launch') return sendPage(options, response, launchPage);
  if (route === 'GET /launch.js') return send(response, 200, launchScript);
  if (route === 'POST /launch') return launch(options, request, response);
  // Everything else needs the session.
  if (!options.access.session(sessionCookie(options, request)))
    return send(response, 401, text('This window is not signed in. Run "npm start" again.'));
  if (route === 'POST /session') return session(options, request, response);
  if (request.method === 'POST') return send(response, 404, text('There is nothing here.'));
  const asset = options.assets.get(request.url === '/' ? '/index.html' : (request.url ?? ''));
  if (!asset) return send(response, 404, text('There is nothing here.'));
  if (asset.type.startsWith('text/html')) return sendPage(options, response, asset);
  return send(response, 200, asset);
}

async function launch(options: HttpOptions, request: IncomingMessage, response: ServerResponse) {
  const body = await readForm(request);
  const cookie = body === null ? null : options.access.redeem(new URLSearchParams(body).get('code') ?? '');
  if (cookie === null)
    return send(
      response,
      401,
      text('This launch link was used already or is older than a minute. Run "npm start" again.'),
    );
  sendPage(options, response, enteredPage, {
    'set-cookie': `${cookieName(options)}=${cookie}; HttpOnly; SameSite=Strict; Path=/`,
  });
}

/** The token for one tab, asked for by our own page. The header makes it impossible for a plain form to ask. */
function session(options: HttpOptions, request: IncomingMessage, response: ServerResponse) {
  const header = request.headers['x-keybench'];
  if (header !== '1' && header !== 'take-over')
    return send(response, 403, text('This page may not ask for a session.'));
  if (options.windowOpen() && header !== 'take-over')
    return send(response, 409, json({ error: 'Keybench is open in another window.' }));
  return send(response, 200, json({ token: options.access.newTabToken() }));
}

function sendPage(
  options: HttpOptions,
  response: ServerResponse,
  asset: Asset,
  headers: Record<string, string> = {},
) {
  const nonce = newNonce();
  const body = dressPage(asset.body, nonce, options.theme());
  send(
    response,
    200,
    { ...asset, body },
    {
      'content-security-policy': contentSecurityPolicy(nonce, [`ws://${options.host()}`]),
      ...headers,
    },
  );
}

function send(response: ServerResponse, status: number, asset: Asset, headers: Record<string, string> = {}) {
  response.writeHead(status, {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...SAFE_HEADERS,
    ...headers,
    'content-type': asset.type,
    'content-length': asset.body.length,
  });
  response.end(asset.body);
}

const text = (sentence: string): Asset => ({
  body: Buffer.from(sentence),
  type: 'text/plain; charset=utf-8',
});
const json = (value: unknown): Asset => ({
  body: Buffer.from(JSON.stringify(value)),
  type: 'application/json',
});

/** The body as text, or `null` when it is larger than a launch form can be. */
async function readForm(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
