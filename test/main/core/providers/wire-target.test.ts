// Where requests and keys may go (S10, S11).
import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { credential, failed, http, makeWire, open } from './support/wire-harness.ts';

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
