import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../main/core/clock.ts';
import type { Recorded } from '../../../../main/core/history/records.ts';
import { Scrubber } from '../../../../main/core/keys/scrub.ts';
import {
  type Credential,
  createWire,
  type Wire,
  WireFailure,
  type WireOptions,
  type WireSession,
} from '../../../../main/core/providers/wire-fetch.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => new Promise((done) => server.close(done)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
type Handler = (req: IncomingMessage, res: ServerResponse) => void;
async function http(handler: Handler): Promise<string> {
  const server = createHttp(handler);
  const origin = await listen(server);
  cleanups.push(() => server.closeAllConnections());
  return origin;
}

function makeWire(connectSeconds = 5): Wire {
  const wire = createWire({
    clock: systemClock,
    scrubber: new Scrubber(),
    connectSeconds: () => connectSeconds,
  });
  cleanups.push(() => wire.close());
  return wire;
}
type Opened = {
  session: WireSession;
  records: Recorded[];
  of: <K extends Recorded['k']>(k: K) => Extract<Recorded, { k: K }>[];
};
function open(wire: Wire, options: Partial<WireOptions> = {}): Opened {
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
const credential = (origin: string): Credential => ({
  placeholder: 'placeholder0123456789',
  secret: `sk-CANARY-${Math.random().toString(36).slice(2)}`,
  alias: 'work',
  origin,
});
const failed = async (promise: Promise<unknown>): Promise<WireFailure> => {
  const error = await promise.then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(WireFailure);
  return error as WireFailure;
};

describe('what is recorded of the request', () => {
  test('the header lines are exactly those a raw socket receives, the key replaced by its name', async () => {
    let received = '';
    const origin = await listen(
      createTcp((socket) => {
        socket.on('data', (chunk) => {
          received += chunk.toString('latin1');
          if (received.endsWith('{"a":"é"}'.replace('é', 'Ã©')))
            socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok');
        });
      }),
    );
    const key = credential(origin);
    const { session, of } = open(makeWire(), { credential: key });
    const response = await session.fetch(`${origin}/v1/x?a=1`, {
      method: 'post',
      headers: {
        Authorization: `Bearer ${key.placeholder}`,
        'X-Mixed': 'ä',
        'content-type': 'application/json',
      },
      body: '{"a":"é"}',
    });
    expect(await response.text()).toBe('ok');
    await session.settled();
    const [first, ...lines] = (received.split('\r\n\r\n')[0] as string).split('\r\n');
    const attempt = of('attempt')[0];
    expect(first).toBe('POST /v1/x?a=1 HTTP/1.1');
    expect(attempt).toMatchObject({ method: 'POST', url: `${origin}/v1/x?a=1`, bodyBytes: 10 });
    expect(attempt?.headers.map(([name, value]) => `${name}: ${value}`)).toEqual(
      lines.map((line) => line.replace(key.secret, '[key:work]')),
    );
    expect(received).toContain(key.secret);
  });

  test('a credential typed by hand and a secret in the query are hidden', async () => {
    const origin = await http((_, res) => res.end());
    const { session, of } = open(makeWire());
    await session.fetch(`${origin}/x?key=abc&model=m&access_token=t`, {
      headers: { 'x-api-key': 'mine', authorization: 'Bearer mine' },
    });
    const attempt = of('attempt')[0];
    expect(attempt?.url).toBe(`${origin}/x?key=[hidden]&model=m&access_token=[hidden]`);
    expect(attempt?.headers).toContainEqual(['x-api-key', '[hidden]']);
    expect(attempt?.headers).toContainEqual(['authorization', 'Bearer [hidden]']);
  });
});

describe('what is recorded of the answer', () => {
  test('headers keep their case, order and repetition; the timing is completed at the end', async () => {
    const origin = await listen(
      createTcp((socket) => {
        socket.once('data', async () => {
          socket.write(
            'HTTP/1.1 200 Fine\r\nX-B: 1\r\nx-a: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\ncontent-length: 4\r\n\r\n',
          );
          await sleep(30);
          socket.write('ab');
          await sleep(30);
          socket.write('cd');
        });
      }),
    );
    const { session, of, records } = open(makeWire());
    await (await session.fetch(origin)).text();
    await session.settled();
    const [early, late] = of('head');
    expect(early).toMatchObject({ status: 200, statusText: 'Fine' });
    expect(early?.headers).toEqual([
      ['X-B', '1'],
      ['x-a', '2'],
      ['Set-Cookie', 'a'],
      ['Set-Cookie', 'b'],
      ['content-length', '4'],
    ]);
    expect(early?.timing).toMatchObject({ firstByte: null, end: null, connect: expect.any(Number) });
    const timing = late?.timing as Record<string, number>;
    expect(timing.connect).toBeLessThanOrEqual(timing.headers as number);
    expect(timing.headers).toBeLessThan(timing.firstByte as number);
    expect(timing.firstByte).toBeLessThan(timing.end as number);
    expect(records.map((r) => r.k)).toEqual(['attempt', 'head', 'bytes', 'bytes', 'head']);
    const times = records.slice(0, -1).map((r) => r.t);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('a second request goes over the same connection and has no connect time', async () => {
    let connections = 0;
    const server = createHttp((_, res) => res.end('x'));
    server.on('connection', () => connections++);
    const origin = await listen(server);
    cleanups.push(() => server.closeAllConnections());
    const wire = makeWire();
    for (const connect of [expect.any(Number), null]) {
      const { session, of } = open(wire);
      await (await session.fetch(origin)).text();
      await session.settled();
      expect(of('head').at(-1)?.timing.connect).toEqual(connect);
      await sleep(20); // undici frees a new connection a moment after its first answer
    }
    expect(connections).toBe(1);
  });

  test('the whole body is recorded even if the reader stops at its first piece, or never reads', async () => {
    const origin = await http(async (_, res) => {
      for (const piece of ['one ', 'two ', 'three']) {
        res.write(piece);
        await sleep(10);
      }
      res.end();
    });
    for (const stop of [true, false]) {
      const own = new AbortController();
      const { session, of } = open(makeWire());
      const response = await session.fetch(origin, { signal: own.signal });
      if (stop) {
        const reader = response.body?.getReader();
        await reader?.read();
        await reader?.cancel();
        own.abort(); // what the SDKs do when the loop over a stream is left
      }
      await session.settled();
      expect(Buffer.concat(of('bytes').map((r) => r.bytes)).toString()).toBe('one two three');
      expect(session.last()?.failure).toBeNull();
    }
  });

  test('compressed bodies are recorded as they read, and the SDK gets the same', async () => {
    const text = 'data: hello\n\n'.repeat(100);
    const origin = await http((_, res) => {
      res.setHeader('content-encoding', 'gzip');
      res.end(gzipSync(text));
    });
    const { session, of } = open(makeWire());
    expect(await (await session.fetch(origin)).text()).toBe(text);
    await session.settled();
    expect(Buffer.concat(of('bytes').map((r) => r.bytes)).toString()).toBe(text);
  });

  test('a secret the server sends back is replaced in headers and body, at any split', async () => {
    const scrubber = new Scrubber();
    const secret = `sk-CANARY-${Math.random().toString(36).slice(2)}`;
    scrubber.add(secret, 'work');
    const origin = await http(async (_, res) => {
      res.setHeader('x-echo', secret);
      for (const one of `<${secret}>`) {
        res.write(one);
        await sleep(1);
      }
      res.end();
    });
    const wire = createWire({ clock: systemClock, scrubber, connectSeconds: () => 5 });
    cleanups.push(() => wire.close());
    const { session, of } = open(wire);
    await (await session.fetch(origin)).text();
    await session.settled();
    expect(Buffer.concat(of('bytes').map((r) => r.bytes)).toString()).toBe('<[key:work]>');
    expect(of('head')[0]?.headers).toContainEqual(['x-echo', '[key:work]']);
  });
});

describe('where the key may go', () => {
  test('a request bound to one origin reaches no other, with or without a key', async () => {
    let reached = 0;
    const origin = await http((_, res) => res.end());
    const other = await http((_, res) => {
      reached++;
      res.end();
    });
    for (const key of [null, credential(origin)]) {
      const { session, records } = open(makeWire(), { origin, credential: key });
      const failure = await failed(session.fetch(`${other}/api/models/x`));
      expect(failure.kind).toBe('origin');
      expect(failure.message).toContain(other);
      expect(failure.message).toContain(origin);
      expect(records).toEqual([]);
    }
    expect(reached).toBe(0);
  });

  test('a raw request may go anywhere, but its key stays at its origin', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const origin = await http((req, res) => {
      seen.push(req.headers);
      res.end();
    });
    const other = await http((req, res) => {
      seen.push(req.headers);
      res.end();
    });
    const key = credential(origin);
    const { session } = open(makeWire(), { credential: key });
    const withKey = { headers: { 'x-any': `a ${key.placeholder} b` } };
    const failure = await failed(session.fetch(other, withKey));
    expect(failure.message).toContain('"work"');
    expect(failure.message).toContain(other);
    await session.fetch(other, { headers: { 'x-any': 'plain' } });
    await session.fetch(origin, withKey);
    expect(seen.map((headers) => headers['x-any'])).toEqual(['plain', `a ${key.secret} b`]);
  });

  test.each([301, 302, 303, 307, 308])(
    'a %i is not followed, neither elsewhere nor to the same server',
    async (status) => {
      let followed = 0;
      const other = await http((_, res) => {
        followed++;
        res.end();
      });
      let target = other;
      const origin = await http((req, res) => {
        if (req.url === '/again') followed++;
        res.writeHead(status, { location: target });
        res.end('moved');
      });
      for (const [location, named] of [
        [`${other}/v1`, other],
        ['/again', 'another path'],
      ] as const) {
        target = location;
        const { session, of } = open(makeWire(), { origin, credential: credential(origin) });
        const failure = await failed(
          session.fetch(`${origin}/x`, {
            method: 'POST',
            body: '{}',
            headers: { 'x-api-key': 'placeholder0123456789' },
          }),
        );
        await session.settled();
        expect(failure.kind).toBe('redirect');
        expect(failure.message).toContain(origin);
        expect(failure.message).toContain(named);
        expect(of('head')[0]).toMatchObject({ status });
        expect(Buffer.concat(of('bytes').map((r) => r.bytes)).toString()).toBe('moved');
      }
      expect(followed).toBe(0);
    },
  );

  test('addresses that are not http are refused', async () => {
    const { session } = open(makeWire());
    expect((await failed(session.fetch('file:///etc/passwd'))).kind).toBe('origin');
    expect((await failed(session.fetch('data:text/plain,hi'))).kind).toBe('origin');
  });
});

describe('bounds and cancelling', () => {
  test('the body bound counts what was decompressed, keeps what fits, and closes the connection', async () => {
    let closed = false;
    const origin = await http((_, res) => {
      res.setHeader('content-encoding', 'gzip');
      res.on('close', () => {
        closed = true;
      });
      res.write(gzipSync(Buffer.alloc(4 * 1024 * 1024, 'a')));
    });
    const { session, of } = open(makeWire(), { maxBodyBytes: 1024 * 1024 });
    const response = await session.fetch(origin);
    expect((await failed(response.text())).code).toBe('body');
    await session.settled();
    expect(session.last()?.failure).toMatchObject({ kind: 'limit', code: 'body' });
    expect(session.last()?.failure?.advice).toContain('requests.maxBodyMb');
    expect(Buffer.concat(of('bytes').map((r) => r.bytes))).toHaveLength(1024 * 1024);
    await expect.poll(() => closed).toBe(true);
  });

  test('the idle bound starts with the first byte: waiting for it is not idling', async () => {
    const origin = await http(async (_, res) => {
      res.flushHeaders();
      await sleep(400);
      res.write('first');
    });
    const { session, of } = open(makeWire(), { idleMs: () => 150 });
    const response = await session.fetch(origin);
    expect((await failed(response.text())).code).toBe('idle');
    await session.settled();
    expect(Buffer.concat(of('bytes').map((r) => r.bytes)).toString()).toBe('first');
  });

  test('a stream that keeps coming is not idle', async () => {
    const origin = await http(async (_, res) => {
      for (let i = 0; i < 8; i++) {
        res.write('x');
        await sleep(60);
      }
      res.end();
    });
    const { session } = open(makeWire(), { idleMs: () => 2000 });
    expect(await (await session.fetch(origin)).text()).toBe('xxxxxxxx');
  });

  test('a failure returned for a record ends the exchange at once', async () => {
    const origin = await http((_, res) => void res.write('x'));
    const enough = new WireFailure('limit', 'line', 'Too long.', '');
    const { session } = open(makeWire(), { onRecord: (r) => (r.k === 'bytes' ? enough : undefined) });
    const response = await session.fetch(origin);
    expect(await failed(response.text())).toBe(enough);
    await session.settled();
    expect(session.last()?.failure).toBe(enough);
  });

  test.each(['before the head', 'in mid-body'])('cancelling %s closes the socket', async (when) => {
    const abort = new AbortController();
    let closed = false;
    const origin = await http((req, res) => {
      req.on('close', () => {
        closed = true;
      });
      if (when === 'in mid-body') res.write('x');
      setTimeout(() => abort.abort(), 50);
    });
    const { session } = open(makeWire(), { signal: abort.signal });
    const failure = await failed(session.fetch(origin).then((response) => response.text()));
    await session.settled();
    expect(failure.kind).toBe('cancelled');
    expect(session.last()?.failure?.kind).toBe('cancelled');
    await expect.poll(() => closed).toBe(true);
  });

  test('nothing is sent when it was cancelled before', async () => {
    const { session, records } = open(makeWire(), { signal: AbortSignal.abort() });
    expect((await failed(session.fetch('http://127.0.0.1:9/'))).kind).toBe('cancelled');
    expect(records).toEqual([]);
  });

  test('an address that takes no connection ends at the connect bound, and says so', async () => {
    // A full backlog: the kernel answers no further connection.
    const server = createTcp();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 0 });
    await once(server, 'listening');
    cleanups.push(() => new Promise((done) => server.close(done)));
    const { session } = open(makeWire(1));
    // TEST-NET-1 (RFC 5737) leads nowhere; where the machine has no route at all the error comes at once.
    const failure = await failed(session.fetch('http://192.0.2.1:81/'));
    expect(['connect', 'ENETUNREACH', 'EHOSTUNREACH', 'ECONNREFUSED', 'EACCES', 'EPERM']).toContain(
      failure.code,
    );
    expect(failure.transient).toBe(true);
  });
});

describe('connections that fail', () => {
  test('refused, with the address and what to do', async () => {
    const server = createTcp();
    const origin = await listen(server);
    await new Promise((done) => server.close(done));
    const { session, of } = open(makeWire());
    const failure = await failed(session.fetch(origin));
    expect(failure).toMatchObject({ kind: 'connection', code: 'ECONNREFUSED', transient: true });
    expect(failure.message).toContain(origin);
    expect(of('attempt')).toHaveLength(1); // it was tried, and is shown
  });
  test('a name that does not exist', async () => {
    const { session } = open(makeWire());
    const failure = await failed(session.fetch('https://no-such-host.invalid/v1'));
    expect(failure.kind).toBe('connection');
    expect(failure.message).toContain('no-such-host.invalid');
  });
  test('a port that fetch refuses', async () => {
    const { session } = open(makeWire());
    const failure = await failed(session.fetch('http://127.0.0.1:6000/'));
    expect(failure).toMatchObject({ code: 'BAD_PORT', transient: false });
  });
  test('https to a server that speaks plain http', async () => {
    const origin = await http((_, res) => res.end());
    const { session } = open(makeWire());
    const failure = await failed(session.fetch(origin.replace('http:', 'https:')));
    expect(failure).toMatchObject({ kind: 'tls', transient: false });
    expect(failure.advice).toContain('http://');
  });
});

const openssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('skipped: the TLS tests need the openssl command, which is not installed');
    return false;
  }
})();

describe.skipIf(!openssl)('certificates', () => {
  async function https(args: string[]): Promise<string> {
    const dir = mkdtempSync(join(tmpdir(), 'keybench-tls-'));
    cleanups.push(() => rmSync(dir, { recursive: true }));
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    const base = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync('openssl', [...base, '-keyout', key, '-out', cert, ...args], { stdio: 'ignore' });
    let asked = 0;
    const server = createHttps({ key: readFileSync(key), cert: readFileSync(cert) }, (_, res) => {
      asked++;
      res.end();
    });
    server.on('tlsClientError', () => {});
    const origin = (await listen(server)).replace('http:', 'https:').replace('127.0.0.1', 'localhost');
    cleanups.push(() => expect(asked).toBe(0));
    return origin;
  }
  const subject = (cn: string) => ['-subj', `/CN=${cn}`, '-addext', `subjectAltName=DNS:${cn}`];

  test('self-signed: refused before anything is sent, not retried', async () => {
    const origin = await https([...subject('localhost'), '-days', '2']);
    const { session } = open(makeWire());
    const failure = await failed(session.fetch(origin, { method: 'POST', body: 'secret' }));
    expect(failure).toMatchObject({ kind: 'tls', code: 'DEPTH_ZERO_SELF_SIGNED_CERT', transient: false });
    expect(failure.message).toContain('not signed by an authority');
    expect(failure.advice).toContain('NODE_EXTRA_CA_CERTS');
  });
});

describe('capture', () => {
  test('tells what would leave and sends nothing', async () => {
    let asked = 0;
    const origin = await http((_, res) => {
      asked++;
      res.end();
    });
    const wire = makeWire();
    const call = (fetch: typeof globalThis.fetch) =>
      fetch(`${origin}/x`, { method: 'POST', body: '{}', headers: { a: 'b' } });
    const captured = await wire.capture(call);
    expect(asked).toBe(0);
    const { session, of } = open(wire);
    await call(session.fetch);
    expect(captured).toMatchObject({ method: 'POST', url: `${origin}/x`, body: '{}' });
    expect(captured?.headers).toEqual(of('attempt')[0]?.headers);
  });
  test('an error before anything would be sent is passed on', async () => {
    await expect(makeWire().capture(() => Promise.reject(new Error('bad input')))).rejects.toThrow(
      'bad input',
    );
  });
});
