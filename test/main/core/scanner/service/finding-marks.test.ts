import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRig, FILTER, finding, type Rig } from './rig.ts';

let rig: Rig;
let a: string;
let b: string;
beforeEach(async () => {
  rig = createRig();
  [a, b] = [rig.addRepo('alpha'), rig.addRepo('beta')];
  await rig.scan(a, [finding(1), finding(1, { path: 'copy.ts' }), finding(2)]);
  await rig.scan(b, [finding(1)]);
});
afterEach(async () => {
  await rig.service.close();
  rig.db.close();
});

const rows = (state: 'open' | 'marked' | 'all' = 'all') =>
  rig.service.findings({
    filter: { ...FILTER, state },
    sort: 'path',
    descending: false,
    offset: 0,
    limit: 200,
  }).rows;
const idOf = (repoId: string, path: string) =>
  rows().find((one) => one.repoId === repoId && one.path === path)!.id;
const open = () => rows('open').map(({ repoName, path }) => `${repoName} ${path}`);
type Change = Parameters<Rig['service']['mark']>[0];
const mark = (id: number, part: Partial<Change> = {}) =>
  rig.service.mark({ ids: [id], kind: 'false-alarm', scope: 'repository', reason: 'a test key', ...part });

it('for a repository holds for the secret in all its paths, and nowhere else', () => {
  rig.clock.now = 4321;
  mark(idOf(a, 'copy.ts'));
  expect(open()).toEqual(['beta src/file-1.ts', 'alpha src/file-2.ts']);
  expect(rows('marked').map((row) => row.mark)).toEqual(
    Array(2).fill({ kind: 'false-alarm', scope: 'repository', reason: 'a test key', at: 4321 }),
  );
});

it('for everywhere holds in every repository, also in one that is scanned later', async () => {
  mark(idOf(a, 'copy.ts'), { scope: 'everywhere', kind: 'accepted' });
  expect(open()).toEqual(['alpha src/file-2.ts']);
  const c = rig.addRepo('gamma');
  await rig.scan(c, [finding(1, { path: 'elsewhere.ts' }), finding(3)]);
  expect(open()).toEqual(['alpha src/file-2.ts', 'gamma src/file-3.ts']);
});

it('survives the next scan, also when the secret was gone in between or moved', async () => {
  mark(idOf(a, 'copy.ts'));
  await rig.scan(a, [finding(2)]);
  await rig.scan(a, [finding(1, { path: 'renamed.ts' }), finding(2)]);
  expect(open()).toEqual(['beta src/file-1.ts', 'alpha src/file-2.ts']);
});

it('of the repository wins over everywhere, and everywhere replaces it when said again', () => {
  const id = idOf(a, 'copy.ts');
  mark(id, { scope: 'everywhere', reason: 'all' });
  mark(id, { kind: 'accepted', reason: 'here' });
  const here = () => rows().find((row) => row.id === id)?.mark;
  expect(here()).toMatchObject({ kind: 'accepted', scope: 'repository', reason: 'here' });
  mark(id, { scope: 'everywhere', reason: 'again' });
  expect(here()).toMatchObject({ scope: 'everywhere', reason: 'again' });
});

it('is taken away by the scope that is shown, whichever the caller names', () => {
  const id = idOf(a, 'copy.ts');
  mark(id, { scope: 'everywhere' });
  mark(id, { kind: null });
  expect(rows('marked')).toEqual([]);
  mark(id);
  mark(id, { kind: null, scope: 'everywhere' });
  expect(rows('marked')).toEqual([]);
  expect(rig.db.prepare('SELECT count(*) AS n FROM finding_marks').get()?.n).toBe(0);
});

it('can be made while the scan still runs, and holds when it is done', async () => {
  rig.service.start([a], 'history', false);
  const scan = await rig.begun(2);
  scan.say({ k: 'found', findings: [finding(9, { path: '' })] });
  await expect.poll(() => rows('open').some(({ provisional }) => provisional)).toBe(true);
  mark(rows('open').find(({ provisional }) => provisional)!.id);
  expect(rows('open').some(({ provisional }) => provisional)).toBe(false);
  scan.done([finding(9, { path: 'nine.ts' })]);
  await expect.poll(() => rig.service.running()).toBe(0);
  expect(rows('marked').map(({ path }) => path)).toEqual(['nine.ts']);
});

it('of findings that are all gone is refused; of some, the others are marked', async () => {
  const gone = idOf(a, 'src/file-2.ts');
  await rig.scan(a, [finding(1)]);
  expect(() => mark(gone)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  rig.service.mark({
    ids: [gone, idOf(a, 'src/file-1.ts')],
    kind: 'accepted',
    scope: 'repository',
    reason: '',
  });
  expect(rows('marked')).toHaveLength(1);
});
