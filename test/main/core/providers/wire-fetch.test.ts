import { createServer as createHttp } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../main/core/clock.ts';
import { Scrubber } from '../../../../main/core/keys/scrub.ts';
import { createWire } from '../../../../main/core/providers/wire-fetch.ts';
import { cleanups, credential, http, listen, makeWire, open } from './support/wire-harness.ts';

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
