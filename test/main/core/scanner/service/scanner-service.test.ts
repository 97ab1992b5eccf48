import { afterEach, describe, expect, it } from 'vitest';
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
