// A provider that one key belongs to, and the server that no key belongs to. Every byte that arrives is looked at.
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Canary } from './canaries.ts';
import type { Ledger } from './ledger.ts';
import { ANSWERS } from './provider-answers.ts';
import type { Match } from './searcher.ts';

const CREDENTIAL = /^(authorization|x-api-key|x-own-key)$/i;

export interface CanaryProvider {
  origin: string;
  /** How often the right key came, in a header for credentials. */
  keys(): number;
  /** Requests in all, and bytes, also of what was no HTTP. */
  requests(): number;
  bytes(): number;
  /** From now on every request gets this answer; `null`: as its path says. */
  answerAll(name: string | null): void;
  /** The key was replaced: only the new one may come. */
  expect(owner: Canary): void;
  close(): Promise<void>;
}

interface Options {
  /** Whose key may come here; `null`: nobody's. */
  owner: Canary | null;
  /** Keys that people have pasted into prompts, which go where the prompt goes. */
  pasted: ReadonlySet<string>;
  elsewhere: string;
  /** The Demo's address: `good` requests are answered by it, in the real wire formats. */
  demo: string;
}

export async function startCanaryProvider(ledger: Ledger, options: Options): Promise<CanaryProvider> {
  let { owner } = options;
  let all: string | null = null;
  const count = { keys: 0, requests: 0, bytes: 0 };
  const mayCome = ({ alias }: Match) =>
    alias === owner?.alias || (owner !== null && options.pasted.has(alias));
  const where = options.owner ? `provider of "${options.owner.alias}"` : 'elsewhere';

  const server = createServer((request, response) => {
    count.requests += 1;
    const key = credentialOf(request);
    if (owner && key.endsWith(owner.secret)) count.keys += 1;
    void readBody(request).then((body) => {
      lookAtRequest(request, body);
      const name = all ?? request.url?.split(/[/?]/)[1] ?? '';
      const ask = { request, response, key: key.replace(/^Bearer /, ''), elsewhere: options.elsewhere };
      const answer = ANSWERS[name];
      if (answer) void Promise.resolve(answer(ask)).catch(() => response.destroy());
      else pass(request, body, response, options.demo);
    });
  });
  server.on('connection', (socket) => {
    let tail = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      count.bytes += chunk.length;
      const data = Buffer.concat([tail, chunk]);
      ledger.look('network', where, data, { allow: mayCome });
      tail = data.subarray(-4000);
    });
    socket.on('error', () => {});
  });
  server.on('clientError', (_error, socket) => socket.destroy()); // TLS to a server that has none

  /** Outside the credential headers not even the right key may stand; a redirect of ours wrote it into the address. */
  const lookAtRequest = (request: IncomingMessage, body: Buffer) => {
    const headers = Object.entries(request.headersDistinct).filter(([name]) => !CREDENTIAL.test(name));
    ledger.look('request headers', where, JSON.stringify(headers));
    if (!request.url?.startsWith('/echo-401/landed'))
      ledger.look('request address', where, request.url ?? '');
    const allow = ({ alias }: Match) => options.pasted.has(alias) && owner !== null;
    ledger.look('request body', where, body, { allow });
  };

  await listen(server);
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys: () => count.keys,
    requests: () => count.requests,
    bytes: () => count.bytes,
    answerAll: (name) => {
      all = name;
    },
    expect: (next) => {
      owner = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const listen = (server: Server) =>
  new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));

function credentialOf({ headers }: IncomingMessage): string {
  return String(headers.authorization ?? headers['x-api-key'] ?? headers['x-own-key'] ?? '');
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** `/good/openai/v1/…` goes to the Demo as `/openai/v1/…`. */
function pass(request: IncomingMessage, body: Buffer, response: ServerResponse, demo: string) {
  const target = new URL(demo);
  const onward = forward(
    {
      host: target.hostname,
      port: target.port,
      method: request.method,
      path: request.url?.replace(/^\/good/, ''),
      headers: { ...request.headers, host: target.host },
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  onward.end(body);
}
