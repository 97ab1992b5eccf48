import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../../main/core/clock.ts';
import { startDemoServer } from '../../../../main/core/demo/demo-server.ts';
import { createRegistry } from '../../../../main/core/providers/registry.ts';
import { requests } from '../../../../preload/contract/requests.ts';
import { chatBody, draft, memorySink, sendAll, TYPED, testSender } from '../../../support/sender.ts';
import { make, serve, stream, whole } from '../../../support/sending.ts';
import { CHAT, WIRES } from '../../../support/wire-samples.ts';

const schema = requests['requests.send'].event;

describe('a request that goes well', () => {
  test.each(TYPED)('$provider $api: events in order, text, usage, ids, and a kept record', async (typed) => {
    const wire = WIRES.find(({ path }) =>
      typed.api.endsWith('chat')
        ? path.endsWith('completions')
        : path.slice(1, 5) === typed.api.split('.')[1]?.slice(0, 4),
    );
    if (!wire) throw new Error('no sample');
    const { origin, asked } = await serve((res) => {
      res.setHeader('x-request-id', 'req_7');
      stream(res).end(wire.start + wire.text('Hello ') + wire.text('wörld') + wire.end);
    });
    const { sender, sink, addKey } = make();
    const key = addKey(origin, typed.prefix);
    const seen = await sendAll(sender, {
      provider: typed.provider,
      api: typed.api,
      baseUrl: origin,
      keyId: key.id,
      body: typed.body,
      headers: [['x-extra', '1']],
      query: [['q', 'ä']],
    });
    expect(seen.end).toMatchObject({
      state: 'complete',
      error: null,
      requestId: 'req_7',
      model: 'sample-1',
      ttft: expect.any(Number),
    });
    expect(seen.text).toBe('Hello wörld');
    for (const event of seen.events) expect(schema.safeParse(event).error).toBeUndefined();
    const kinds = seen.events
      .map((event) => event.k)
      .filter((k, i, all) => k !== all[i - 1] && k !== 'usage');
    expect(kinds.slice(0, 4)).toEqual(['start', 'attempt', 'head', 'ev']);
    expect(kinds.slice(-2)).toEqual(['head', 'end']);
    expect(seen.of('ev').map((event) => event.i)).toEqual(seen.of('ev').map((_, i) => i));

    // As the user wrote it, with the key, the headers and the query.
    expect(JSON.parse(asked[0]?.body as string)).toEqual(JSON.parse(typed.body));
    expect(asked[0]?.req.headers).toMatchObject({ authorization: `Bearer ${key.secret}`, 'x-extra': '1' });
    expect(asked[0]?.req.url).toContain('q=%C3%A4');
    expect(seen.of('attempt')[0]?.headers).toContainEqual(['authorization', `Bearer [key:${key.alias}]`]);

    const kept = sink.kept.get(seen.id);
    expect(kept?.entry).toMatchObject({ keyName: key.alias, model: 'sample-1', prompt: 'Say hi' });
    expect(kept?.ending).toMatchObject({
      state: 'complete',
      status: 200,
      attempts: 1,
      answer: 'Hello wörld',
    });
    expect(kept?.ending?.end).toEqual(seen.end);
  });

  test('the entry is kept before a byte leaves, and finished before its end is seen', async () => {
    const order: string[] = [];
    const { origin } = await serve((res) => {
      order.push('asked');
      whole(res);
    });
    const inner = memorySink();
    const sink = {
      begin: (...args: Parameters<typeof inner.begin>) => {
        order.push('begin');
        inner.begin(...args);
      },
      append: inner.append,
      finish: (...args: Parameters<typeof inner.finish>) => {
        order.push('finish');
        inner.finish(...args);
      },
    };
    const { sender } = make({}, { sink });
    await sendAll(sender, { baseUrl: origin, body: chatBody() }, (event) => {
      if (event.k === 'end') order.push('end');
    });
    expect(order).toEqual(['begin', 'asked', 'finish', 'end']);
  });

  test('a whole answer without a stream is one event with its text', async () => {
    const { origin } = await serve((res) =>
      res.setHeader('content-type', 'application/json').end(CHAT.whole('Hello')),
    );
    const { sender } = make();
    const seen = await sendAll(sender, { baseUrl: origin, body: chatBody(false) });
    expect(seen.end.state).toBe('complete');
    expect(seen.of('ev')).toMatchObject([
      { i: 0, e: 'body', l: 'text', s: 'Hello', z: CHAT.whole('Hello').length },
    ]);
    expect(seen.end.usage).toMatchObject({ input: 3, output: 2 });
  });

  test('the demo needs no key and sends to its own server, whatever the draft holds', async () => {
    const demo = await startDemoServer({
      settings: () => ({ firstTokenMs: 1, tokensPerSecond: 5000 }),
      clock: systemClock,
    });
    onTestFinished(() => demo.close());
    const { sender } = make({}, { demoOrigin: demo.origin });
    const { apis } = createRegistry({ demoOrigin: () => demo.origin }).get('demo').info;
    expect(apis.length).toBeGreaterThanOrEqual(4);
    for (const { id: api, example } of apis) {
      const seen = await sendAll(sender, {
        provider: 'demo',
        api,
        baseUrl: 'http://127.0.0.1:1/old',
        body: example,
      });
      expect({ api, ...seen.end }).toMatchObject({ api, state: 'complete', error: null });
      expect(seen.text.length).toBeGreaterThan(5);
    }
  });
});

describe('cancelling and waiting', () => {
  test('a cancel in mid-stream keeps the text and closes the connection', async () => {
    let closed = false;
    const { origin } = await serve((res, { req }) => {
      req.socket.on('close', () => {
        closed = true;
      });
      stream(res).write(CHAT.start + CHAT.text('partial'));
    });
    const { sender, sink } = make();
    const seen = await sendAll(sender, { baseUrl: origin, body: chatBody() }, (event, cancel) => {
      if (event.k === 'ev' && event.s) cancel();
    });
    expect(seen.end).toMatchObject({ state: 'cancelled', error: null });
    expect(sink.kept.get(seen.id)).toMatchObject({
      answer: 'partial',
      ending: { state: 'cancelled', answer: 'partial' },
    });
    await expect.poll(() => closed).toBe(true);
    expect(sender.inFlight()).toBe(0);
  });

  test('leaving the loop cancels, and the request still gets its end on disk', async () => {
    const { origin } = await serve((res) => stream(res).write(CHAT.start + CHAT.text('x')));
    const { sender, sink } = make();
    const events = sender.send(draft({ baseUrl: origin, body: chatBody() }), new AbortController().signal);
    for await (const event of events) if (event.k === 'ev') break;
    await expect.poll(() => sender.inFlight()).toBe(0);
    expect([...sink.kept.values()][0]?.ending?.state).toBe('cancelled');
  });

  test('a wait is shown with its reason, can be skipped, and leads to the next attempt', async () => {
    const { origin } = await serve((res, _, n) => {
      if (n === 1)
        res
          .writeHead(429, { 'content-type': 'application/json', 'retry-after': '50' })
          .end(CHAT.errorBody('rate_limit_exceeded', 'Slow'));
      else whole(res);
    });
    const { sender } = make();
    const from = performance.now();
    let id = '';
    const seen = await sendAll(sender, { baseUrl: origin, body: chatBody() }, (event) => {
      if (event.k === 'start') id = event.id;
      if (event.k === 'wait') setTimeout(() => expect(sender.skipWait(id)).toBe(true), 20);
    });
    expect(seen.of('wait')).toMatchObject([
      {
        n: 1,
        ms: 50_000,
        reason: { status: 429, because: '429 rate_limit_exceeded', source: 'retry-after' },
      },
    ]);
    expect(seen.of('attempt').map(({ n }) => n)).toEqual([1, 2]);
    expect(seen.end.state).toBe('complete');
    expect(performance.now() - from).toBeLessThan(20_000);
    expect(sender.skipWait(id)).toBe(false);
  });

  test('a wait can be stopped: the request ends as cancelled', async () => {
    const { origin, asked } = await serve((res) => res.writeHead(503, { 'retry-after': '50' }).end());
    const { sender } = make();
    const seen = await sendAll(sender, { baseUrl: origin, body: chatBody() }, (event, cancel) => {
      if (event.k === 'wait') cancel();
    });
    expect(seen.end.state).toBe('cancelled');
    expect(asked).toHaveLength(1);
  });

  test('close cancels what runs and waits for its end', async () => {
    const { origin } = await serve((res) => stream(res).write(CHAT.start));
    const { sender, sink } = testSender();
    const running = sendAll(sender, { baseUrl: origin, body: chatBody() });
    await expect.poll(() => sink.kept.size).toBe(1);
    await sender.close();
    expect([...sink.kept.values()][0]?.ending?.state).toBe('cancelled');
    expect((await running).end.state).toBe('cancelled');
  });

  test('neither a cancel nor close waits for a keychain that is still being asked, and nothing is kept', async () => {
    const asked = Promise.withResolvers<void>();
    const keys = {
      secretFor: async () => ({ secret: 'none', alias: 'none' }),
      nameOf: () => null,
      learnt: () => {
        asked.resolve();
        return new Promise<void>(() => {});
      },
    };
    const { sender, sink } = testSender({}, { keys });
    const running = sendAll(sender, { baseUrl: 'http://127.0.0.1:9', body: chatBody() });
    await asked.promise;
    await sender.close();
    expect((await running).end).toMatchObject({ state: 'cancelled', error: null });
    expect(sink.kept.size).toBe(0);
  });

  test('listeners learn of each begin and end', async () => {
    const { origin } = await serve(whole);
    const { sender } = make();
    const counts: number[] = [];
    const off = sender.onChange(() => counts.push(sender.inFlight()));
    await sendAll(sender, { baseUrl: origin, body: chatBody() });
    off();
    await sendAll(sender, { baseUrl: origin, body: chatBody() });
    expect(counts).toEqual([1, 0]);
  });
});
