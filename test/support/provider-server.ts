// A stand-in for the providers themselves: the Demo's wire formats at an address that takes a key, so that tests can
// see whether the right key arrived, and at no other place.
import { createServer, request as forward, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../main/core/clock.ts';
import { startDemoServer } from '../../main/core/demo/demo-server.ts';

export interface ProviderServer {
  /** e.g. `http://127.0.0.1:4711`; the families are below it: `/anthropic`, `/openai/v1`, `/hf/v1`. */
  origin: string;
  /** The credential of each request so far, in order. */
  credentials: string[];
  close(): Promise<void>;
}

/** Answers 401 in a provider's own words when `accepts` says no. */
export async function startProviderServer(accepts: (key: string) => boolean): Promise<ProviderServer> {
  const demo = await startDemoServer({
    clock: systemClock,
    settings: () => ({ firstTokenMs: 20, tokensPerSecond: 400 }),
  });
  const target = new URL(demo.origin);
  const credentials: string[] = [];
  const server = createServer((request, response) => {
    const key = credentialOf(request.headers);
    credentials.push(key);
    if (!accepts(key)) {
      response.writeHead(401, { 'content-type': 'application/json', 'request-id': 'req_test_401' });
      // Some providers have echoed the key in this very message.
      response.end(
        JSON.stringify({
          type: 'error',
          error: { type: 'authentication_error', message: `invalid key: ${key}` },
        }),
      );
      return;
    }
    const headers = { ...request.headers, host: target.host };
    const onward = forward(
      { host: target.hostname, port: target.port, method: request.method, path: request.url, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await demo.close();
    },
  };
}

function credentialOf(headers: IncomingHttpHeaders): string {
  return (headers.authorization ?? '').replace(/^Bearer /, '') || String(headers['x-api-key'] ?? '');
}
