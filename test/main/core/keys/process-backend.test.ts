import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../main/core/clock.ts';
import {
  createProcessBackend,
  DEADLINES,
  type Deadlines,
} from '../../../../main/core/keys/process-backend.ts';
import { AppError } from '../../../../preload/contract/errors.ts';
import { World } from '../../../support/fake-helper.ts';

const log = { info() {}, warn() {}, error() {}, close() {} };
const SHORT: Partial<Deadlines> = { get: 60, delete: 60, set: 80, unlock: 400, alive: 40, closing: 50 };
function setup(how?: World['how'], deadlines: Partial<Deadlines> = SHORT) {
  const world = new World();
  if (how) world.how = how;
  return { world, backend: createProcessBackend({ spawn: world.spawn, clock: systemClock, log, deadlines }) };
}
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

it('has the deadlines of the design', () => {
  expect(DEADLINES).toEqual({
    get: 5000,
    delete: 5000,
    set: 10_000,
    unlock: 60_000,
    alive: 300,
    closing: 1000,
  });
});

describe('one call at a time', () => {
  it('sends the next only when the last was answered, in order, to one helper that starts when it is needed', async () => {
    const { world, backend } = setup();
    expect(world.helpers).toHaveLength(0);
    let most = 0;
    let open = 0;
    world.how = () => {
      most = Math.max(most, ++open);
      return 'answer';
    };
    const perform = world.perform.bind(world);
    world.perform = (request) => {
      open--;
      return perform(request);
    };
    const done = await Promise.all([
      backend.set('a', 'secret-a'),
      backend.get('a'),
      backend.delete('a'),
      backend.get('a'),
      backend.delete('a'),
    ]);
    expect(done).toEqual([undefined, 'secret-a', true, null, false]);
    expect(most).toBe(1);
    expect(world.helpers).toHaveLength(1);
    expect(world.requests().map(({ op, service }) => `${service} ${op}`)).toEqual(
      ['set', 'get', 'delete', 'get', 'delete'].map((op) => `Keybench ${op}`),
    );
  });

  it('starts a new helper after the old one ended at rest', async () => {
    const { world, backend } = setup();
    await backend.get('a');
    world.helpers[0]!.die();
    await backend.get('a');
    expect(world.helpers).toHaveLength(2);
  });
});

describe('a call that is late', () => {
  it('alone fails, its helper is killed, and the others go to a new one', async () => {
    const { world, backend } = setup((request) => (request.account === 'stuck' ? 'silent' : 'answer'));
    const [stuck, other, third] = await Promise.all([
      codeOf(backend.get('stuck')),
      codeOf(backend.set('other', 'x')),
      codeOf(backend.get('other')),
    ]);
    expect([stuck, other, third]).toEqual(['KEY_LOCKED', 'ok', 'ok']);
    expect(world.helpers[0]!.killed).toBe(true);
    expect(world.helpers[0]!.seen).toHaveLength(1);
  });

  it('counts as hung when nobody answers, and the queue does not wait one deadline each', async () => {
    const { backend } = setup(() => 'silent');
    const started = performance.now();
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(backend.get('x'))));
    expect(new Set(codes)).toEqual(new Set(['KEYCHAIN_TIMEOUT']));
    expect(performance.now() - started).toBeLessThan(1000); // two deadlines, not twenty (1.2 s)
  });

  it('counts as an unanswered question when the service answers others', async () => {
    const { backend } = setup(({ op }) => (op === 'set' ? 'silent' : 'answer'));
    await expect(backend.set('a', 'secret-a')).rejects.toMatchObject({
      code: 'KEY_LOCKED',
      data: { state: 'locked', detail: 'prompt' },
    });
  });

  it('cannot be answered by its old helper any more', async () => {
    const { world, backend } = setup((_request, helper) =>
      helper === world.helpers[0] ? 'silent' : 'answer',
    );
    world.entries.set('a', 'right');
    const first = codeOf(backend.get('b'));
    const second = backend.get('a');
    await first;
    for (let id = 0; id < 10; id++) world.helpers[0]!.say({ id, ok: true, value: 'wrong' });
    world.helpers[0]!.die();
    expect(await second).toBe('right');
  });
});

describe('a helper that dies', () => {
  it('costs no call: the one in flight is tried once more', async () => {
    let deaths = 0;
    const { world, backend } = setup(() => (deaths++ === 0 ? 'die' : 'answer'));
    await backend.set('a', 'x');
    expect(await backend.get('a')).toBe('x');
    expect(world.helpers).toHaveLength(2);
  });

  it('twice in the same call fails it as crashed, and the next call works', async () => {
    const { backend } = setup(({ account }) => (account === 'bad' ? 'die' : 'answer'));
    const [bad, good] = [codeOf(backend.get('bad')), codeOf(backend.get('good'))];
    expect([await bad, await good]).toEqual(['KEYCHAIN_UNAVAILABLE', 'ok']);
  });

  it('is replaced when the service behind it is gone', async () => {
    const { world, backend } = setup((_request, helper) =>
      helper === world.helpers[0]
        ? { error: 'The name :1.0 was not provided by any .service files' }
        : 'answer',
    );
    expect(await codeOf(backend.set('a', 'x'))).toBe('ok');
    expect(world.helpers).toHaveLength(2);
  });

  it('or cannot even be started gives an error, not a hang', async () => {
    const backend = createProcessBackend({
      spawn: () => {
        throw new Error('EAGAIN');
      },
      clock: systemClock,
      log,
      deadlines: SHORT,
    });
    expect(await codeOf(backend.get('a'))).toBe('KEYCHAIN_UNAVAILABLE');
  });
});

describe('the probe', () => {
  it('leaves nothing behind, and takes away what an interrupted one has left', async () => {
    let cut = true;
    const { world, backend } = setup(({ op }) => (cut && op === 'delete' ? 'silent' : 'answer'));
    await backend.probe();
    expect(world.entries.size).toBe(1);
    cut = false;
    expect(await backend.probe()).toMatchObject({ state: 'ready', ms: expect.any(Number) });
    expect(world.entries.size).toBe(0);
  });

  it('uses a random value and only the account of the probe', async () => {
    const { world, backend } = setup();
    await backend.probe();
    await backend.probe();
    const sets = world.requests().filter(({ op }) => op === 'set');
    expect(new Set(sets.map(({ secret }) => secret)).size).toBe(2);
    expect(new Set(world.requests().map(({ account }) => account)).size).toBe(1);
  });

  it('waits longer after Unlock', async () => {
    const { world, backend } = setup(({ op }) => (op === 'set' ? 'silent' : 'answer'));
    expect((await backend.probe()).ms).toBeLessThan(350);
    expect((await backend.probe({ unlock: true })).ms).toBeGreaterThanOrEqual(390);
    expect(world.entries.size).toBe(0);
  });

  it('calls a value that does not stay locked, not ready', async () => {
    const { world, backend } = setup();
    world.perform = ({ id, op }) => ({ id, ok: true, value: op === 'get' ? null : true });
    expect(await backend.probe()).toMatchObject({ state: 'locked' });
  });

  it('accepts the value of another instance that probes at the same time', async () => {
    const { world, backend } = setup();
    const perform = world.perform.bind(world);
    world.perform = (request) =>
      request.op === 'get' ? { id: request.id, ok: true, value: 'probe-other' } : perform(request);
    expect(await backend.probe()).toMatchObject({ state: 'ready' });
  });

  it('says missing without keytar, and asks a new helper the next time', async () => {
    const { world, backend } = setup((_request, helper) =>
      helper === world.helpers[0]
        ? { missing: "Cannot find module '../build/Release/keytar.node'" }
        : 'answer',
    );
    expect(await backend.probe()).toMatchObject({ state: 'missing' });
    expect(await backend.probe()).toMatchObject({ state: 'ready' });
  });
});

describe('close', () => {
  it('lets the call in flight land, fails the rest, and kills the helper', async () => {
    const { world, backend } = setup();
    const [first, second] = [codeOf(backend.set('a', 'x')), codeOf(backend.get('a'))];
    await backend.close();
    expect([await first, await second]).toEqual(['ok', 'CLOSED']);
    expect(world.helpers[0]!.killed).toBe(true);
    expect(await codeOf(backend.get('a'))).toBe('CLOSED');
    expect(world.helpers).toHaveLength(1);
  });

  it('ends also when the keychain hangs', async () => {
    const { world, backend } = setup(() => 'silent', { ...SHORT, get: 60_000 });
    const hung = codeOf(backend.get('a'));
    const started = performance.now();
    await backend.close();
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await hung).toBe('CLOSED');
    expect(world.helpers[0]!.killed).toBe(true);
  });
});

it('never tells the log a secret', async () => {
  const spies = { ...log, warn: vi.fn(), info: vi.fn(), error: vi.fn() };
  const world = new World();
  world.how = () => 'die';
  const backend = createProcessBackend({
    spawn: world.spawn,
    clock: systemClock,
    log: spies,
    deadlines: SHORT,
  });
  const error = await backend.set('a', 'sk-CANARY-1').catch((e: unknown) => e);
  expect(spies.warn).toHaveBeenCalled();
  expect(JSON.stringify([spies.warn.mock.calls, error, String(error)])).not.toContain('CANARY');
});
