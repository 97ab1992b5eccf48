// The Demo provider: a loopback HTTP server that speaks the providers' wire formats, so that the app can be learnt
// and tested without a key and without a network.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Settings } from '../../../preload/contract/settings.ts';
import type { Clock } from '../clock.ts';
import { type DemoContext, type Exchange, replyJson } from './exchange.ts';
import { answerHeaders, DemoError, type Family } from './family.ts';
import { createLimiter, DEFAULT_LIMITS, type Limits, TIGHT_LIMITS } from './limiter.ts';
import { readJsonBody } from './read-body.ts';
import { findRoute } from './router.ts';

/** The settings' names without `demo.`. */
export interface DemoPace {
  firstTokenMs: Settings['demo.firstTokenMs'];
  tokensPerSecond: Settings['demo.tokensPerSecond'];
}

export interface DemoServerOptions {
  settings: () => DemoPace;
  clock: Clock;
  /** For tests: the limits of every model but `demo-tight`. */
  limits?: Partial<Limits>;
  /** For tests: bytes per write, so that events are split at awkward places. */
  bytesPerWrite?: number;
}

export interface DemoServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Requests being answered right now. */
  active(): number;
  /** Cuts answers that are still under way. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 at a free port. Rejects if the machine has no loopback interface. */
export async function startDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const { clock } = options;
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const run = randomBytes(3).toString('hex');
  let ids = 0;
  const context: DemoContext = {
    clock,
    limiter: createLimiter(clock, (model) => (model === 'demo-tight' ? TIGHT_LIMITS : limits)),
    pace: options.settings,
    newId: () => `demo-${run}${(++ids).toString(16).padStart(6, '0')}`,
    failures: new Map(),
    bytesPerWrite: options.bytesPerWrite ?? 0,
  };
  let active = 0;
  let host = '';
  const server = createServer((req, res) => {
    if (!isOurs(req, host)) {
      refuse(res);
      return;
    }
    active++;
    void answer(req, res, context, host)
      .catch(() => res.destroy())
      .finally(() => active--);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin: `http://${host}`, active: () => active, close: () => closeServer(server) };
}

/**
 * A web page may send requests to loopback addresses. It cannot choose the Host header (so a name bound to
 * 127.0.0.1 is seen), and its browser adds Origin or Sec-Fetch-Site; programs send neither.
 */
function isOurs({ headers }: IncomingMessage, host: string): boolean {
  const site = headers['sec-fetch-site'];
  return headers.host === host && headers.origin === undefined && (site === undefined || site === 'none');
}

function refuse(res: ServerResponse): void {
  res.writeHead(403, { 'content-type': 'text/plain', 'x-keybench-demo': '1', connection: 'close' });
  res.end('The Demo server of Keybench answers only programs on this machine, not web pages.\n');
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  context: DemoContext,
  host: string,
): Promise<void> {
  const gone = new AbortController();
  res.on('close', () => gone.abort());
  // Errors of a connection that is already lost have nobody to go to.
  res.on('error', () => {});
  req.on('error', () => {});
  const url = URL.parse(pathOnly(req.url), `http://${host}`) ?? new URL(`http://${host}`);
  const exchange: Exchange = {
    req,
    res,
    url,
    body: undefined,
    context,
    signal: gone.signal,
    limits: null,
    requestId: `req_${context.newId()}`,
    startedAt: context.clock.mono(),
  };
  const { family, handle } = findRoute(req.method ?? '', url.pathname);
  try {
    if (req.method === 'POST') exchange.body = await readJsonBody(req);
    await handle(exchange);
  } catch (error) {
    if (gone.signal.aborted) return;
    const told =
      error instanceof DemoError ? error : new DemoError('server', 'The Demo server itself failed.');
    replyError(told, family, exchange);
  }
}

/** `//host/x` and absolute forms must not be taken for another host, nor `/\\host`, which a URL reads as the same. */
const pathOnly = (target = '/') => (/^\/(?![/\\])/.test(target) ? target : '/');

function replyError(error: DemoError, family: Family, exchange: Exchange): void {
  if (exchange.res.headersSent) {
    exchange.res.destroy();
    return;
  }
  const { limits } = exchange;
  const waits = limits?.refused ? family.retryHeaders(limits.resetMs) : {};
  const headers = { ...answerHeaders(family, exchange), ...waits };
  replyJson(exchange, family.status(error.kind), headers, family.errorBody(error, exchange));
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
