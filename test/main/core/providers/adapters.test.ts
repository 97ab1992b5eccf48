import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CASES, callOf, TRICKY_BODY } from './support/calls.ts';
import { type EchoServer, json, sse, startEchoServer } from './support/echo-server.ts';
import { observed } from './support/observed.ts';

let server: EchoServer;
beforeAll(async () => {
  server = await startEchoServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.length = 0;
  server.answer(json(200, {}));
});

const EVENTS =
  'event: ping\ndata: {"type":"ping"}\n\ndata: {"choices":[]}\n\ndata: [DONE]\n\n: after the end\n\n';

describe.each(CASES)('$name', (target) => {
  test.each([true, false, undefined])(
    'sends the body as written, in one request (stream: %s)',
    async (stream) => {
      if (stream) server.answer(sse(EVENTS));
      const body = stream === undefined ? TRICKY_BODY : { ...TRICKY_BODY, stream };
      await target.adapter.run(callOf(target, server.origin, fetch, { body }));
      expect(server.seen).toHaveLength(1);
      const [sent] = server.seen;
      expect(sent?.method).toBe('POST');
      expect(sent?.url).toBe(target.path);
      expect(sent?.headers['content-type']).toMatch(/^application\/json/);
      expect(sent?.body).toBe(JSON.stringify(body));
    },
  );

  test('sends the key as a bearer token and nothing else that identifies', async () => {
    const call = callOf(target, server.origin, fetch);
    await target.adapter.run(call);
    const headers = server.seen[0]?.headers ?? {};
    expect(headers.authorization).toBe(`Bearer ${call.secret}`);
    expect(headers).not.toHaveProperty('x-api-key');
    expect(headers).not.toHaveProperty('openai-organization');
    expect(headers).not.toHaveProperty('openai-project');
  });

  test('sends no authorization without a key', async () => {
    await target.adapter.run(callOf(target, server.origin, fetch, { secret: null }));
    expect(server.seen[0]?.headers).not.toHaveProperty('authorization');
    expect(JSON.stringify(server.seen[0]?.headers)).not.toContain('keybench-sends-no-key');
  });

  test("puts on the user's headers over the SDK's, and the query", async () => {
    await target.adapter.run(
      callOf(target, server.origin, fetch, {
        headers: [
          ['User-Agent', 'mine'],
          ['anthropic-version', '2023-06-01'],
          ['x-many', 'one'],
          ['X-Many', 'two'],
        ],
        query: [
          ['tag', 'a b'],
          ['tag', 'c&d'],
        ],
      }),
    );
    const [sent] = server.seen;
    expect(sent?.headers['user-agent']).toBe('mine');
    expect(sent?.headers['anthropic-version']).toBe('2023-06-01');
    expect(sent?.headers['x-many']).toBe('one, two');
    expect(sent?.url).toBe(`${target.path}?tag=a+b&tag=c%26d`);
  });

  test('reads a stream to its end, also what follows the last event', async () => {
    server.answer(sse(EVENTS));
    const watch = observed();
    await target.adapter.run(
      callOf(target, server.origin, watch.fetch, { body: { ...TRICKY_BODY, stream: true } }),
    );
    expect(watch.bodies).toEqual([EVENTS]);
    expect(watch.ended).toBe(1);
  });

  test.each([400, 401, 403, 404, 408, 409, 422, 429, 500, 503, 529])(
    'rejects %i after one request, with its body read',
    async (status) => {
      const error = { error: { type: 'made_up_error', message: 'No.' } };
      server.answer(json(status, error));
      for (const stream of [true, false]) {
        const watch = observed();
        const body = { ...TRICKY_BODY, stream };
        await expect(
          target.adapter.run(callOf(target, server.origin, watch.fetch, { body })),
        ).rejects.toThrow();
        expect(watch.bodies).toEqual([JSON.stringify(error)]);
        expect(watch.ended).toBe(1);
      }
      expect(server.seen).toHaveLength(2);
    },
  );

  test.each(['text/html', 'text/plain', 'application/octet-stream'])(
    'reads an answer of type %s to its end, with status 200 and 502',
    async (type) => {
      const page = `<html>${'x'.repeat(100_000)}</html>`;
      for (const status of [200, 502]) {
        server.answer((res) => {
          res.writeHead(status, { 'content-type': type });
          res.end(page);
        });
        for (const stream of [true, false]) {
          const watch = observed();
          const call = callOf(target, server.origin, watch.fetch, { body: { ...TRICKY_BODY, stream } });
          await target.adapter.run(call).catch(() => {});
          expect(watch.bodies[0]?.length).toBe(page.length);
          expect(watch.ended).toBe(1);
        }
      }
    },
  );

  test('ends soon when aborted in mid-stream, and rejects', async () => {
    const stop = new AbortController();
    server.answer((res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('event: ping\ndata: {"type":"ping"}\n\n');
      setTimeout(() => stop.abort(), 30);
    });
    const body = { ...TRICKY_BODY, stream: true };
    const call = callOf(target, server.origin, fetch, { body, signal: stop.signal });
    await expect(target.adapter.run(call)).rejects.toThrow();
  });

  test('refuses a header or key that HTTP cannot carry without repeating its value', async () => {
    const bad = 'sk-CANARY-one\ntwo';
    for (const extra of [{ secret: bad }, { headers: [['x-mine', bad] as [string, string]] }]) {
      const failure = await target.adapter
        .run(callOf(target, server.origin, fetch, extra))
        .catch((e: unknown) => e);
      expect(failure).toHaveProperty('code');
      expect(String(failure) + (failure as Error).stack).not.toContain('CANARY');
    }
    expect(server.seen).toHaveLength(0);
  });

  test('refuses an API it does not have', async () => {
    const call = callOf(target, server.origin, fetch, { api: 'made.up' });
    await expect(target.adapter.run(call)).rejects.toMatchObject({ code: 'DRAFT_INVALID' });
  });

  test('lists models, newest first, with their names', async () => {
    server.answer(
      json(200, {
        data: [
          { id: 'old', created: 1 },
          { id: 'new', created: 2, display_name: 'New one' },
          { nonsense: true },
          7,
        ],
      }),
    );
    const call = callOf(target, server.origin, fetch);
    expect(await target.adapter.models(call)).toEqual([
      { id: 'new', label: 'New one' },
      { id: 'old', label: 'old' },
    ]);
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: target.modelsPath });
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${call.secret}`);
  });

  test('rejects when the models endpoint says no or sends a page', async () => {
    const call = callOf(target, server.origin, fetch);
    server.answer(json(401, { error: { message: 'bad key', type: 'authentication_error' } }));
    await expect(target.adapter.models(call)).rejects.toMatchObject({ status: 401 });
    server.answer((res) => res.writeHead(200, { 'content-type': 'text/html' }).end('<html>'));
    await expect(target.adapter.models(call)).rejects.toMatchObject({ code: 'PROVIDER_SAID_NO' });
  });
});

test('writes nothing to the console, not even for malformed events', async () => {
  const written: unknown[] = [];
  const methods = ['log', 'warn', 'error', 'info', 'debug'] as const;
  const before = methods.map((method) => console[method]);
  for (const method of methods) console[method] = (...args) => void written.push(args);
  try {
    server.answer(sse('event: message_start\ndata: {broken\n\ndata: {broken\n\n'));
    for (const target of CASES) {
      const body = { ...TRICKY_BODY, model: 'claude-3-opus-20240229', stream: true };
      await target.adapter.run(callOf(target, server.origin, fetch, { body })).catch(() => {});
    }
  } finally {
    methods.forEach((method, i) => {
      console[method] = before[i] as typeof console.log;
    });
  }
  expect(written).toEqual([]);
});
