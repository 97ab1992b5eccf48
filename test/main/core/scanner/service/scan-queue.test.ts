import { afterEach, describe, expect, it } from 'vitest';
import type { ScannerState } from '../../../../../preload/contract/scanner.ts';
import { COUNTS, createRig, FILTER, finding, type Rig } from './rig.ts';

let rig: Rig;
afterEach(async () => {
  await rig.service.close();
  rig.db.close();
});

const rowsOf = (filter = {}) =>
  rig.service.findings({
    filter: { ...FILTER, ...filter },
    sort: 'severity',
    descending: false,
    offset: 0,
    limit: 200,
  }).rows;
const repoOf = (id: string) => rig.service.state().repos.find((one) => one.id === id)!;
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the queue', () => {
  it('runs one scan at a time, in the order asked for, and the same one only once', async () => {
    rig = createRig();
    const [a, b] = [rig.addRepo('a'), rig.addRepo('b')];
    rig.service.start([a, b], 'history', false);
    rig.service.start([a], 'history', false);
    rig.service.start([a], 'worktree', false);
    const first = await rig.begun(0);
    await settle();
    expect(rig.scans).toHaveLength(1);
    expect(rig.service.state().runs.map(({ repoId, profile, phase }) => [repoId, profile, phase])).toEqual([
      [a, 'history', 'open'],
      [b, 'history', 'waiting'],
      [a, 'worktree', 'waiting'],
    ]);
    first.done();
    (await rig.begun(1)).done();
    (await rig.begun(2)).done();
    await settle();
    await settle();
    expect(rig.scans.map(({ request }) => [request.path, request.profile])).toEqual([
      ['/repos/a', 'history'],
      ['/repos/b', 'history'],
      ['/repos/a', 'worktree'],
    ]);
    expect(rig.service.state().runs).toEqual([]);
  });

  it('stops the running scan of a repository and takes its waiting ones out', async () => {
    rig = createRig();
    const [a, b] = [rig.addRepo('a'), rig.addRepo('b')];
    rig.service.start([a], 'history', false);
    rig.service.start([b], 'history', false);
    rig.service.start([a], 'staged', false);
    const first = await rig.begun(0);
    await rig.service.stop(a);
    expect(first.stopped).toBe(true);
    (await rig.begun(1)).done();
    await settle();
    await settle();
    expect(rig.scans).toHaveLength(2);
    expect(repoOf(a).lastScan?.state).toBe('stopped');
    expect(repoOf(b).lastScan?.state).toBe('done');
  });

  it('a scan that is stopped while it waits never begins', async () => {
    rig = createRig();
    const [a, b] = [rig.addRepo('a'), rig.addRepo('b')];
    rig.service.start([a, b], 'history', false);
    await rig.begun(0);
    await rig.service.stop(b);
    expect(rig.service.state().runs).toHaveLength(1);
    rig.scans[0]?.done();
    await settle();
    await settle();
    expect(rig.scans).toHaveLength(1);
    expect(repoOf(b).lastScan).toBeNull();
  });

  it('goes on when one of them fails, and says why in its own sentence', async () => {
    rig = createRig();
    const [a, b] = [rig.addRepo('a'), rig.addRepo('b')];
    rig.service.start([a, b], 'history', false);
    (await rig.begun(0)).say({ k: 'failed', code: 'SCAN_FAILED', message: 'The pack is damaged.' });
    (await rig.begun(1)).done();
    await settle();
    await settle();
    expect(repoOf(a).lastScan).toMatchObject({
      state: 'failed',
      error: 'The pack is damaged.',
      counts: null,
    });
    expect(repoOf(b).lastScan).toMatchObject({ state: 'done', counts: COUNTS });
  });

  it('a scan that cannot begin, or ends without a last word, counts as failed', async () => {
    rig = createRig({
      startScan: () => ({
        messages: (async function* () {})(),
        stop: async () => {},
      }),
    });
    const a = rig.addRepo('a');
    rig.service.start([a], 'history', false);
    while (rig.service.running() > 0) await settle();
    expect(repoOf(a).lastScan).toMatchObject({ state: 'failed', error: expect.stringMatching(/Try again/) });
  });

  it('closing stops what runs and remembers the state before', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    await rig.scan(a, [finding(1)]);
    rig.service.start([a], 'history', false);
    const second = await rig.begun(1);
    await rig.service.close();
    expect(second.stopped).toBe(true);
    expect(repoOf(a).lastScan?.state).toBe('done');
    expect(rowsOf()).toHaveLength(1);
  });
});

describe('progress', () => {
  it('is the exact share of bytes, with a time left once the pace is known', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    rig.service.start([a], 'history', false);
    const scan = await rig.begun(0);
    const at = async (now: number, bytes: number, bytesTotal = 1000) => {
      rig.clock.now = now;
      const progress = {
        phase: 'read' as const,
        bytes,
        bytesTotal,
        objects: 1,
        objectsTotal: 2,
        findings: 0,
      };
      scan.say({ k: 'progress', progress });
      await settle();
      return rig.service.state().runs[0];
    };
    expect(await at(1000, 0, 0)).toMatchObject({ share: null, left: null });
    expect(await at(1100, 100)).toMatchObject({ phase: 'read', share: 0.1, left: null });
    expect(await at(2000, 500)).toMatchObject({ bytes: 500, bytesTotal: 1000, share: 0.5 });
    // About 0.5 bytes a millisecond so far: 250 bytes take about half a second.
    const late = await at(2500, 750);
    expect(late?.left).toBeGreaterThan(200);
    expect(late?.left).toBeLessThan(1000);
    expect((await at(3000, 1000))?.left).toBeNull();
  });

  it('never comes more than four times a second, and the last state always comes', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    const stop = new AbortController();
    const seen: { at: number; state: ScannerState }[] = [];
    const reading = (async () => {
      for await (const state of rig.service.watch(stop.signal)) seen.push({ at: performance.now(), state });
    })();
    rig.service.start([a], 'history', false);
    const scan = await rig.begun(0);
    const until = performance.now() + 900;
    let bytes = 0;
    while (performance.now() < until) {
      const progress = {
        phase: 'read' as const,
        bytes: ++bytes,
        bytesTotal: 1e6,
        objects: 1,
        objectsTotal: 2,
      };
      scan.say({ k: 'progress', progress: { ...progress, findings: 0 } });
      await settle();
    }
    scan.done([finding(1)]);
    await expect.poll(() => seen.at(-1)?.state.runs.length).toBe(0);
    stop.abort();
    await reading;
    expect(seen.length).toBeGreaterThanOrEqual(3);
    for (const [index, { at }] of seen.entries())
      if (index > 0) expect(at - seen[index - 1]!.at).toBeGreaterThan(240);
    expect(seen.at(-1)?.state.repos[0]?.open.high).toBe(1);
  });
});
