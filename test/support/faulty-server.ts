// A server that misbehaves in every way the app must survive: raw TCP, so that not even HTTP holds it back.
// The first part of the path names the fault: `http://127.0.0.1:<port>/<fault>/…`. The rest decides the wire format.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { FAULTS } from './faults.ts';
import { WIRES, type WireFormat } from './wire-samples.ts';

export interface FaultyRequest {
  fault: string;
  method: string;
  path: string;
  /** As received, names in their own case. */
  headers: [string, string][];
  body: string;
  /** How many requests this path has had, this one included. */
  count: number;
  wire: WireFormat;
  /** Where a redirect to another origin leads. */
  elsewhere: string;
}

export interface FaultyServer {
  origin: string;
  /** Base URL for a fault. */
  url(fault: string): string;
  requests: FaultyRequest[];
  /** Requests that reached the other origin. */
  elsewhere: FaultyRequest[];
  close(): Promise<void>;
}

export async function startFaultyServer(): Promise<FaultyServer> {
  const requests: FaultyRequest[] = [];
  const elsewhere: FaultyRequest[] = [];
  const counts = new Map<string, number>();
  const sockets = new Set<Socket>();
  let otherOrigin = '';

  const listen = async (seen: FaultyRequest[]) => {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => {});
      readRequest(socket, (method, path, headers, body) => {
        const fault = path.split('/')[1]?.split('?')[0] ?? '';
        const count = (counts.get(path) ?? 0) + 1;
        counts.set(path, count);
        const wire = WIRES.find((one) => path.split('?')[0]?.endsWith(one.path)) ?? (WIRES[0] as WireFormat);
        const request = { fault, method, path, headers, body, count, wire, elsewhere: otherOrigin };
        seen.push(request);
        const found = FAULTS.find((one) => one.name === fault);
        if (found) void found.answer(socket, request);
        else socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };
  const other = await listen(elsewhere);
  otherOrigin = other.origin;
  const main = await listen(requests);
  return {
    origin: main.origin,
    url: (fault) => `${main.origin}/${fault}`,
    requests,
    elsewhere,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([main, other].map(({ server }) => new Promise((done) => server.close(done))));
    },
  };
}

type OnRequest = (method: string, path: string, headers: [string, string][], body: string) => void;

/** Reads one request after the other; needs `content-length`, which every client here sends. */
function readRequest(socket: Socket, onRequest: OnRequest): void {
  let data = '';
  socket.on('data', (chunk) => {
    data += chunk.toString('latin1');
    for (;;) {
      const end = data.indexOf('\r\n\r\n');
      if (end === -1) return;
      const [first = '', ...lines] = data.slice(0, end).split('\r\n');
      const headers = lines.map((line): [string, string] => {
        const at = line.indexOf(':');
        return [line.slice(0, at), line.slice(at + 1).trim()];
      });
      const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0);
      if (data.length < end + 4 + length) return;
      const body = data.slice(end + 4, end + 4 + length);
      data = data.slice(end + 4 + length);
      const [method = '', path = ''] = first.split(' ');
      onRequest(method, path, headers, Buffer.from(body, 'latin1').toString());
    }
  });
}
