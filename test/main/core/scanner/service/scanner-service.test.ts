import { afterEach, describe, expect, it } from 'vitest';
import { FOUND_COLUMNS } from '../../../../../main/core/scanner/service/finding-columns.ts';
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

describe('findings of a running scan', () => {
  it('are shown at once, each secret once, and give way to the placed ones', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    rig.service.start([a], 'history', false);
    const scan = await rig.begun(0);
    const before = rig.service.state().version;
    const seen = finding(1, { path: '', commit: null });
    scan.say({ k: 'found', findings: [seen, { ...seen, oid: 'd'.repeat(40) }] });
    scan.say({ k: 'found', findings: [finding(2, { path: '' })] });
    await settle();
    await settle();
    const rows = rowsOf();
    expect(rows.map(({ provisional, path }) => [provisional, path])).toEqual([
      [true, ''],
      [true, ''],
    ]);
    expect(rows.every(({ id }) => id < 0)).toBe(true);
    expect(rig.service.state().version).toBeGreaterThan(before);
    expect(rig.service.state().runs[0]?.findings).toBe(3);
    scan.done([finding(1)]);
    while (rig.service.running() > 0) await settle();
    expect(rowsOf().map(({ provisional, path }) => [provisional, path])).toEqual([[false, 'src/file-1.ts']]);
  });

  it('hide nothing that is stored and show nothing twice', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    await rig.scan(a, [finding(1)]);
    rig.service.start([a], 'history', false);
    const scan = await rig.begun(1);
    scan.say({ k: 'found', findings: [finding(1, { path: '' }), finding(2, { path: '' })] });
    await settle();
    await settle();
    expect(rig.shown()).toEqual([':3', 'src/file-1.ts:2']);
  });

  it('are dropped when the scan is stopped or fails; what was known stays', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    await rig.scan(a, [finding(1)]);
    for (const end of ['stop', 'fail']) {
      rig.service.start([a], 'history', false);
      const scan = await rig.begun(rig.scans.length);
      scan.say({ k: 'found', findings: [finding(2)] });
      await settle();
      await settle();
      expect(rowsOf()).toHaveLength(2);
      if (end === 'stop') await rig.service.stop(a);
      else scan.say({ k: 'failed', code: 'SCAN_FAILED', message: 'No.' });
      while (rig.service.running() > 0) await settle();
      expect(rig.shown()).toEqual(['src/file-1.ts:2']);
    }
  });
});

describe('a scan that is done', () => {
  it('replaces what was known: new ones come, old ones keep number and first time, lost ones go', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    rig.clock.now = 5000;
    await rig.scan(a, [finding(1), finding(2)]);
    const [one] = rowsOf();
    rig.clock.now = 9000;
    await rig.scan(a, [finding(1, { line: 70, versions: 4 }), finding(3)]);
    const rows = rowsOf();
    expect(rows.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/file-1.ts:70', 'src/file-3.ts:4']);
    expect(rows[0]).toMatchObject({ id: one?.id, versions: 4 });
    const seen = rig.db.prepare('SELECT path, first_seen FROM findings ORDER BY path').all();
    expect(seen.map((row) => ({ ...row }))).toEqual([
      { path: 'src/file-1.ts', first_seen: 5000 },
      { path: 'src/file-3.ts', first_seen: 9000 },
    ]);
  });

  it('of the work tree alone leaves what history holds, and says whether it is still there', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    await rig.scan(a, [
      finding(1, { present: true }),
      finding(2, { present: true }),
      finding(3, { source: 'untracked', commit: null, oid: null }),
    ]);
    const edited = finding(1, { source: 'worktree', commit: null, oid: null, line: 99 });
    await rig.scan(a, [edited, finding(4, { source: 'ignored', commit: null, oid: null })], 'worktree');
    expect(rowsOf().map(({ path, source, present, line }) => [path, source, present, line])).toEqual([
      ['src/file-1.ts', 'history', true, 2],
      ['src/file-2.ts', 'history', false, 3],
      ['src/file-4.ts', 'ignored', true, 5],
    ]);
  });

  it('of the index alone touches nothing but what is staged', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    await rig.scan(a, [finding(1), finding(2, { source: 'staged', commit: null })]);
    await rig.scan(a, [finding(3, { source: 'staged', commit: null })], 'staged');
    expect(rig.shown()).toEqual(['src/file-1.ts:2', 'src/file-3.ts:4']);
  });

  it('knows a finding again when it moves from file to index to commit', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    await rig.scan(a, [finding(1, { source: 'untracked', commit: null, oid: null })]);
    const [first] = rowsOf();
    await rig.scan(a, [finding(1, { source: 'staged', commit: null })]);
    await rig.scan(a, [finding(1)]);
    expect(rowsOf()).toMatchObject([{ id: first?.id, source: 'history' }]);
  });

  it('keeps a commit message and an ignored file apart from the file of the same secret', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    const path = '.env';
    const all = [finding(1, { path }), finding(1, { path, source: 'ignored' })];
    await rig.scan(a, all);
    const ids = rowsOf().map(({ id }) => id);
    await rig.scan(a, [...all].reverse());
    expect(rowsOf().map(({ id }) => id)).toEqual(ids);
  });

  it('whose result cannot be stored is a failed one, and what was known stays', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    await rig.scan(a, [finding(1)]);
    rig.db.exec('PRAGMA query_only = ON');
    await rig.scan(a, [finding(2)]);
    expect(repoOf(a).lastScan).toMatchObject({ state: 'failed' });
    expect(repoOf(a).lastScan?.error).not.toBe('');
    expect(rig.shown()).toEqual(['src/file-1.ts:2']);
    rig.db.exec('PRAGMA query_only = OFF');
    await rig.scan(a, [finding(2)]);
    expect(repoOf(a).lastScan).toMatchObject({ state: 'done' });
  });
});

describe('stored keys', () => {
  it('are linked by fingerprint while they are stored: added, renamed and removed later', async () => {
    rig = createRig();
    const [a, b] = [rig.addRepo('a'), rig.addRepo('b')];
    await rig.scan(a, [finding(1, { keyFingerprint: 'p:1' }), finding(2)]);
    await rig.scan(b, [
      finding(1, { keyFingerprint: 'p:1' }),
      finding(1, { keyFingerprint: 'p:1', path: 'copy.ts' }),
    ]);
    expect(rowsOf({ known: true })).toEqual([]);
    const id = rig.addKey({ name: 'work-anthropic', fingerprint: 'p:1' });
    expect(rowsOf({ known: true }).map(({ key }) => key)).toEqual([
      { id, name: 'work-anthropic' },
      { id, name: 'work-anthropic' },
      { id, name: 'work-anthropic' },
    ]);
    expect(rig.service.state().keys).toEqual([{ keyId: id, repos: 2, findings: 3 }]);
    expect(repoOf(a).open).toEqual({ high: 2, medium: 0, low: 0, known: 1 });
    expect(rowsOf({ known: false })).toHaveLength(1);
    expect(rowsOf({ text: 'WORK-anth' })).toHaveLength(3);
    const { version } = rig.service.state();
    rig.renameKey(id, 'old-anthropic');
    expect(rig.service.state().version).toBeGreaterThan(version);
    expect(rowsOf({ known: true })[0]?.key?.name).toBe('old-anthropic');
    rig.removeKey(id);
    expect(rowsOf({ known: true })).toEqual([]);
    expect(rig.service.state().keys).toEqual([]);
  });

  it('are linked when only the scan could tell, because they are kept beside another pepper', async () => {
    let id = '';
    rig = createRig({
      keys: {
        forScanner: async () => ({
          pepper: null,
          keys: [{ id, name: 'vault-key', secret: '', forms: [], fingerprint: 'vault:7' }],
        }),
        onChange: () => () => {},
      },
    });
    id = rig.addKey({ name: 'vault-key', fingerprint: 'vault:7' });
    const a = rig.addRepo('a');
    await rig.scan(a, [finding(1, { rule: 'known-key', knownKey: id, keyFingerprint: 'keychain:9' })]);
    expect(rowsOf()[0]?.key).toEqual({ id, name: 'vault-key' });
    // Replaced by another secret: what was found is not this key any more.
    rig.db.prepare("UPDATE keys SET fingerprint = 'vault:8' WHERE id = ?").run(id);
    expect(rowsOf()[0]?.key).toBeNull();
  });

  it('that are being deleted or stored do not count, and a use of a key changes nothing', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    await rig.scan(a, [finding(1, { keyFingerprint: 'p:1' })]);
    rig.addKey({ name: 'half', fingerprint: 'p:1', state: 'pending' });
    expect(rowsOf({ known: true })).toEqual([]);
    const id = rig.addKey({ name: 'other', fingerprint: 'p:2' });
    const { version } = rig.service.state();
    rig.db.prepare('UPDATE keys SET uses = uses + 1 WHERE id = ?').run(id);
    rig.renameKey(id, 'other');
    expect(rig.service.state().version).toBe(version);
  });
});

describe('repositories', () => {
  it('of somebody else are scanned after a yes only, which is remembered', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    rig.foreign.add('/repos/a');
    expect(() => rig.service.start([a], 'history', false)).toThrow(
      expect.objectContaining({ code: 'FOREIGN_REPOSITORY' }),
    );
    expect(repoOf(a).state).toBe('foreign');
    rig.service.start([a], 'history', true);
    const scan = await rig.begun(0);
    expect(scan.request.trusted).toBe(true);
    scan.done();
    while (rig.service.running() > 0) await settle();
    expect(repoOf(a).state).toBe('ok');
    rig.service.start([a], 'history', false);
  });

  it('that are gone say so and keep their findings', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    await rig.scan(a, [finding(1)]);
    rig.gone.add('/repos/a');
    const stop = new AbortController();
    for await (const state of rig.service.watch(stop.signal)) {
      expect(state.repos[0]?.state).toBe('gone');
      break;
    }
    expect(rowsOf()).toHaveLength(1);
  });

  it('that are removed take their findings, marks and scan with them', async () => {
    rig = createRig();
    const [a, b] = [rig.addRepo('a'), rig.addRepo('b')];
    await rig.scan(a, [finding(1)]);
    await rig.scan(b, [finding(1)]);
    rig.service.mark({ ids: [rowsOf()[0]!.id], kind: 'accepted', scope: 'repository', reason: '' });
    rig.service.start([a], 'history', false);
    const scan = await rig.begun(2);
    await rig.service.remove(a);
    expect(scan.stopped).toBe(true);
    expect(rig.service.state().repos.map(({ id }) => id)).toEqual([b]);
    expect(rowsOf({ state: 'all' })).toHaveLength(1);
    expect(rig.db.prepare('SELECT count(*) AS n FROM finding_marks').get()?.n).toBe(0);
    expect(() => rig.service.start([a], 'history', false)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });

  it('count as leaks what is neither marked nor suppressed nor local only', async () => {
    rig = createRig();
    const a = rig.addRepo('a');
    await rig.scan(a, [
      finding(1),
      finding(2, { severity: 'medium' }),
      finding(3, { severity: 'low' }),
      finding(4, { suppressed: 'inline' }),
      finding(5, { source: 'ignored' }),
      finding(6),
    ]);
    const six = rowsOf().find(({ path }) => path.includes('6'));
    rig.service.mark({ ids: [six!.id], kind: 'false-alarm', scope: 'repository', reason: '' });
    expect(repoOf(a).open).toEqual({ high: 1, medium: 1, low: 1, known: 0 });
  });
});

it('no column could hold a secret: what is stored of a finding is what the contract shows', () => {
  rig = createRig();
  expect(FOUND_COLUMNS.filter((name) => /secret|revealed|plain/.test(name))).toEqual([]);
});
