import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../../main/core/history/database.ts';
import { openReadable } from '../../../../../main/core/history/open-file.ts';
import { FOUND_COLUMNS } from '../../../../../main/core/scanner/service/finding-columns.ts';
import { stillClock, temporaryFolder } from '../../history/folder.ts';
import { createRig, FILTER, finding, type Rig } from './rig.ts';

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

it('a database that can only be read still shows what was found, and a scan says why it is not stored', async () => {
  const folder = temporaryFolder();
  const opened = openDatabase(folder, { clock: stillClock });
  rig = createRig({ db: opened.db });
  const a = rig.addRepo('a');
  await rig.scan(a, [finding(1)]);
  await rig.service.close();
  opened.close();
  rig = createRig({ db: openReadable(path.join(folder, 'keybench.db')) });
  expect(rig.shown()).toEqual(['src/file-1.ts:2']);
  rig.service.start([a], 'history', false);
  const scan = await rig.begun(0);
  scan.say({ k: 'found', findings: [finding(2)] });
  scan.done([finding(2)]);
  while (rig.service.running() > 0) await settle();
  expect(repoOf(a).lastScan).toMatchObject({ state: 'failed', error: expect.stringMatching(/./) });
  expect(rig.shown()).toEqual(['src/file-1.ts:2']);
});

it('no column could hold a secret: what is stored of a finding is what the contract shows', () => {
  rig = createRig();
  expect(FOUND_COLUMNS.filter((name) => /secret|revealed|plain/.test(name))).toEqual([]);
});
