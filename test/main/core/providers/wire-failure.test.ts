// Bounds, cancelling, and connections that fail.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { WireFailure } from '../../../../main/core/providers/wire-fetch.ts';
import { cleanups, failed, http, listen, makeWire, open } from './support/wire-harness.ts';

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
    expect(session.last()?.failure?.advice).toContain('"Largest answer" in Settings');
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
