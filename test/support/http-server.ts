// A node:http server for one test, and what it was asked.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  req: IncomingMessage;
  body: string;
}

export interface TestHttp {
  origin: string;
  asked: Asked[];
  close(): void;
}

/** `n` counts the requests from 1. */
export async function serveHttp(
  answer: (res: ServerResponse, asked: Asked, n: number) => unknown,
): Promise<TestHttp> {
  const asked: Asked[] = [];
  const server = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    const one = { req, body };
    asked.push(one);
    await answer(res, one, asked.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
