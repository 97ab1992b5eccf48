import { describe, expect, it, vi } from 'vitest';
import { type ServeOptions, serve } from '../../../../main/core/rpc/serve.ts';
import {
  BATCH,
  CONTRACT_VERSION,
  MAX_FRAME_BYTES,
  MAX_OPEN,
  type ServerFrame,
  WINDOW,
} from '../../../../preload/contract/frames.ts';
import { readServerFrame } from '../../../../preload/contract/server-frame.ts';
import { type Seen, TEST_CAPABILITIES, testContract, testHandlers } from '../../../support/test-contract.ts';

/** A channel whose other side is this test: frames in by `send`, frames out in `out`. */
function open(options: Partial<ServeOptions> = {}, greet = true) {
  const seen: Seen = { produced: 0, finished: 0, aborted: 0 };
  const out: ServerFrame[] = [];
  const closers: (() => void)[] = [];
  let inbound: (frame: unknown) => void = () => {};
  const closed = vi.fn();
  serve(
    testContract,
    testHandlers(seen),
    {
      post: (frame) => out.push(frame),
      onFrame: (cb) => {
        inbound = cb;
      },
      onClose: (cb) => closers.push(cb),
      close: closed,
    },
    { capabilities: TEST_CAPABILITIES, ...options },
  );
  const send = (frame: unknown) => inbound(frame);
  if (greet) send({ t: 'hello', v: CONTRACT_VERSION });
  const ended = (id: number) =>
    vi.waitFor(
      () => {
        const frame = out.find((one) => (one.t === 'done' || one.t === 'fail') && one.id === id);
        if (!frame) throw new Error('not yet');
        return frame;
      },
      { timeout: 15_000 },
    );
  const events = (id: number) => out.flatMap((one) => (one.t === 'events' && one.id === id ? one.e : []));
  return { seen, out, send, ended, events, closed, hangUp: () => closers.forEach((cb) => void cb()) };
}

const settle = (ms = 30) => new Promise((resolve) => setTimeout(resolve, ms));

describe('handshake', () => {
  it('answers hello with the version and the capabilities', () => {
    expect(open().out).toEqual([{ t: 'welcome', v: CONTRACT_VERSION, capabilities: TEST_CAPABILITIES }]);
  });

  it.each([
    ['a call before it', { t: 'open', id: 1, m: 'test.echo', p: { text: 'x' } }, 'UNAUTHORIZED'],
    ['another version', { t: 'hello', v: CONTRACT_VERSION + 1 }, 'VERSION_MISMATCH'],
    ['a wrong token', { t: 'hello', v: CONTRACT_VERSION, token: 'wrong' }, 'UNAUTHORIZED'],
    ['no token where one is needed', { t: 'hello', v: CONTRACT_VERSION }, 'UNAUTHORIZED'],
    ['something that is no frame', 'hello', 'BAD_FRAME'],
  ])('refuses %s and hangs up', (_name, frame, code) => {
    const one = open({ authorize: (token) => token === 'right' }, false);
    one.send(frame);
    expect(one.out).toMatchObject([{ t: 'refused', e: { code } }]);
    expect(one.closed).toHaveBeenCalledOnce();
    one.send({ t: 'hello', v: CONTRACT_VERSION, token: 'right' });
    expect(one.out).toHaveLength(1);
  });

  it('is done once', () => {
    const one = open();
    one.send({ t: 'hello', v: CONTRACT_VERSION });
    expect(one.out.at(-1)).toMatchObject({ t: 'refused', e: { code: 'BAD_FRAME' } });
  });
});

describe('the guard', () => {
  it('answers a good call', async () => {
    const one = open();
    one.send({ t: 'open', id: 7, m: 'test.echo', p: { text: 'hi' } });
    expect(await one.ended(7)).toEqual({ t: 'done', id: 7, r: { text: 'hi' } });
  });

  it.each(['test.nothing', 'toString', '__proto__', 'constructor', ''])('knows no method %j', async (m) => {
    const one = open();
    one.send({ t: 'open', id: 1, m, p: {} });
    expect(await one.ended(1)).toMatchObject({ e: { code: 'NO_METHOD' } });
  });

  it('names the place of bad input and never the value', async () => {
    const one = open();
    const secret = `sk-CANARY-${Math.random()}`;
    one.send({ t: 'open', id: 1, m: 'test.echo', p: { text: secret.repeat(20), [`${secret}`]: 1 } });
    const frame = await one.ended(1);
    expect(frame).toMatchObject({
      e: { code: 'BAD_INPUT', data: { issues: [{ path: 'text', code: 'too_big' }, {}] } },
    });
    expect(JSON.stringify(frame)).not.toContain(secret);
  });

  it.each([
    { t: 'open', id: 0, m: 'test.echo', p: {} },
    { t: 'open', id: 1.5, m: 'test.echo', p: {} },
    { t: 'credit', id: 1, n: WINDOW + 1 },
    { t: 'credit', id: 1, n: -5 },
    { t: 'unknown', id: 1 },
    { t: 'cancel', id: 1, extra: true },
    null,
    42,
    [],
  ])('answers the bad frame %j with BAD_FRAME and changes nothing', (frame) => {
    const one = open();
    one.send(frame);
    expect(one.out.at(-1)).toMatchObject({ e: { code: 'BAD_FRAME' } });
    expect(one.seen).toEqual({ produced: 0, finished: 0, aborted: 0 });
  });

  it('refuses an id that is in use', () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.hang', p: {} });
    one.send({ t: 'open', id: 1, m: 'test.echo', p: { text: 'x' } });
    expect(one.out.at(-1)).toMatchObject({ t: 'refused', e: { code: 'BAD_FRAME' } });
    expect(one.seen.aborted).toBe(1);
  });

  it('lets an id be used again once its call has ended', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.echo', p: { text: 'a' } });
    await one.ended(1);
    await settle(0);
    one.send({ t: 'open', id: 1, m: 'test.echo', p: { text: 'b' } });
    await expect.poll(() => one.out.at(-1)).toMatchObject({ r: { text: 'b' } });
  });

  it(`opens at most ${MAX_OPEN} at once`, async () => {
    const one = open();
    for (let id = 1; id <= MAX_OPEN + 1; id++) one.send({ t: 'open', id, m: 'test.hang', p: {} });
    expect(one.out.at(-1)).toMatchObject({ t: 'fail', id: MAX_OPEN + 1, e: { code: 'TOO_MANY_OPEN' } });
  });
});

describe('errors', () => {
  it('carries a typed error whole', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.fail', p: { how: 'typed' } });
    expect(await one.ended(1)).toMatchObject({
      e: { code: 'KEY_LOCKED', message: 'The keychain is locked.', data: { hint: 'unlock' } },
    });
  });

  it('turns an unknown one into INTERNAL, whose message stays inside', async () => {
    const onInternal = vi.fn();
    const one = open({ onInternal });
    one.send({ t: 'open', id: 1, m: 'test.fail', p: { how: 'unknown' } });
    const frame = await one.ended(1);
    expect(frame).toMatchObject({ e: { code: 'INTERNAL' } });
    expect(JSON.stringify(frame)).not.toContain('sk-secret');
    expect(onInternal).toHaveBeenCalledOnce();
  });

  it('refuses an answer that is larger than a frame', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.big', p: { chars: MAX_FRAME_BYTES } });
    expect(await one.ended(1)).toMatchObject({ e: { code: 'TOO_LARGE' } });
  });

  it('finds an output that does not fit the contract in test mode', async () => {
    const one = open({ checkOutput: true });
    one.send({ t: 'open', id: 1, m: 'test.wrongOutput', p: {} });
    expect(await one.ended(1)).toMatchObject({ e: { code: 'INTERNAL' } });
  });

  it('scrubs results, events and errors on the way out', async () => {
    const scrub = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('secret', '[key:a]')) as T;
    const one = open({ scrub });
    one.send({ t: 'open', id: 1, m: 'test.echo', p: { text: 'my secret' } });
    expect(await one.ended(1)).toMatchObject({ r: { text: 'my [key:a]' } });
  });
});

describe('streams', () => {
  it('delivers every event in order, then done', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.count', p: { to: 300 } });
    expect(await one.ended(1)).toEqual({ t: 'done', id: 1 });
    expect(one.events(1)).toEqual(Array.from({ length: 300 }, (_, i) => ({ n: i + 1 })));
  });

  it('sends the first event alone and at once, the rest in batches', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.count', p: { to: 200 } });
    await one.ended(1);
    const sizes = one.out.flatMap((frame) => (frame.t === 'events' ? [frame.e.length] : []));
    expect(sizes[0]).toBe(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(BATCH);
    expect(sizes.length).toBeLessThanOrEqual(1 + Math.ceil(199 / BATCH));
  });

  it('stops pulling the producer when the window is used up, and goes on with credit', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.count', p: { to: 100_000 } });
    await expect.poll(() => one.events(1)).toHaveLength(WINDOW);
    await settle();
    expect(one.seen.produced).toBe(WINDOW);
    one.send({ t: 'credit', id: 1, n: 10 });
    await expect.poll(() => one.events(1)).toHaveLength(WINDOW + 10);
    await settle();
    expect(one.seen.produced).toBe(WINDOW + 10);
  });

  it('never widens the window beyond what it gave', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.count', p: { to: 100_000 } });
    for (let i = 0; i < 5; i++) one.send({ t: 'credit', id: 1, n: WINDOW });
    await settle();
    expect(one.seen.produced).toBeLessThanOrEqual(2 * WINDOW);
  });

  it('closes a batch by size, so that no frame is larger than the limit', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.sizes', p: { chars: Array.from({ length: 20 }, () => 100_000) } });
    await one.ended(1);
    expect(one.events(1)).toHaveLength(20);
    for (const frame of one.out) expect(JSON.stringify(frame).length).toBeLessThan(MAX_FRAME_BYTES);
  });

  it('fails a stream whose one event does not fit a frame', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.sizes', p: { chars: [MAX_FRAME_BYTES] } });
    expect(await one.ended(1)).toMatchObject({ e: { code: 'TOO_LARGE' } });
  });

  it('sends what came before the failure of a stream', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.sizes', p: { chars: [1, 2, 3, MAX_FRAME_BYTES] } });
    await one.ended(1);
    expect(one.events(1)).toEqual([{ s: 'y' }, { s: 'yy' }, { s: 'yyy' }]);
  });

  it('cuts a sentence that would be no frame to the client', async () => {
    const one = open({
      scrub: (value) =>
        (typeof value === 'object' && value && 'message' in value
          ? { ...value, message: 'z'.repeat(5000) }
          : value) as typeof value,
    });
    one.send({ t: 'open', id: 1, m: 'test.fail', p: { how: 'typed' } });
    expect(readServerFrame(await one.ended(1))).toMatchObject({ e: { code: 'KEY_LOCKED' } });
  });

  it('runs the producer’s end exactly once when cancelled', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.count', p: { to: 100_000 } });
    await expect.poll(() => one.seen.produced).toBe(WINDOW);
    one.send({ t: 'cancel', id: 1 });
    one.send({ t: 'cancel', id: 1 });
    expect(await one.ended(1)).toMatchObject({ t: 'fail', e: { code: 'CANCELLED' } });
    expect(one.seen.finished).toBe(1);
  });

  it('ends a stream whose producer ignores its signal', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.deaf', p: {} });
    await expect.poll(() => one.events(1)).toHaveLength(1);
    one.send({ t: 'cancel', id: 1 });
    expect(await one.ended(1)).toMatchObject({ e: { code: 'CANCELLED' } });
  });

  it('aborts everything when the connection is lost, and says nothing more', async () => {
    const one = open();
    one.send({ t: 'open', id: 1, m: 'test.count', p: { to: 100_000 } });
    one.send({ t: 'open', id: 2, m: 'test.hang', p: {} });
    await expect.poll(() => one.seen.produced).toBe(WINDOW);
    const before = one.out.length;
    one.hangUp();
    await settle();
    expect(one.seen).toMatchObject({ finished: 1, aborted: 1 });
    expect(one.out).toHaveLength(before);
  });
});
