// A wire over real sockets, for the wire-*.test.ts files.
import { once } from 'node:events';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, expect } from 'vitest';
import { systemClock } from '../../../../../main/core/clock.ts';
import type { Recorded } from '../../../../../main/core/history/records.ts';
import { Scrubber } from '../../../../../main/core/keys/scrub.ts';
import {
  type Credential,
  createWire,
  type Wire,
  WireFailure,
  type WireOptions,
  type WireSession,
} from '../../../../../main/core/providers/wire-fetch.ts';

export const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => new Promise((done) => server.close(done)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
export type Handler = (req: IncomingMessage, res: ServerResponse) => void;
export async function http(handler: Handler): Promise<string> {
  const server = createHttp(handler);
  const origin = await listen(server);
  cleanups.push(() => server.closeAllConnections());
  return origin;
}

export function makeWire(connectSeconds = 5): Wire {
  const wire = createWire({
    clock: systemClock,
    scrubber: new Scrubber(),
    connectSeconds: () => connectSeconds,
  });
  cleanups.push(() => wire.close());
  return wire;
}
export type Opened = {
  session: WireSession;
  records: Recorded[];
  of: <K extends Recorded['k']>(k: K) => Extract<Recorded, { k: K }>[];
};
export function open(wire: Wire, options: Partial<WireOptions> = {}): Opened {
  const records: Recorded[] = [];
  const session = wire.open({
    start: systemClock.mono(),
    origin: null,
    credential: null,
    signal: new AbortController().signal,
    maxBodyBytes: 1024 * 1024,
    idleMs: () => 60_000,
    onRecord: (record) => {
      records.push(record);
      return undefined;
    },
    ...options,
  });
  return { session, records, of: (k) => records.filter((r): r is never => r.k === k) };
}
export const credential = (origin: string): Credential => ({
  placeholder: 'placeholder0123456789',
  secret: `sk-CANARY-${Math.random().toString(36).slice(2)}`,
  alias: 'work',
  origin,
});
export const failed = async (promise: Promise<unknown>): Promise<WireFailure> => {
  const error = await promise.then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(WireFailure);
  return error as WireFailure;
};
