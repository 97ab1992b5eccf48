// The scanner through the contract, in the whole app, with real repositories and real scans.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../../../../main/core/create-app.ts';
import { connectLocal } from '../../../../../main/core/rpc/local.ts';
import { type AppClient, contract } from '../../../../../preload/contract/index.ts';
import type { ScannerState } from '../../../../../preload/contract/scanner.ts';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';
import { anthropicKey } from '../../../../support/scanning.ts';
import { TEST_CAPABILITIES } from '../../../../support/test-contract.ts';
import { FILTER } from './rig.ts';

const SECRET = anthropicKey(77);
let around: string;
let git: GitRepo;
let app: App;
let api: AppClient;
let close: () => void;
beforeAll(async () => {
  around = realpathSync(mkdtempSync(path.join(tmpdir(), 'keybench-scanner-')));
  git = createRepo({ name: 'web-api' });
  for (let n = 0; n < 30; n++) git.write(`src/${n}.ts`, `export const n = ${n};\n`.repeat(200));
  git.write('src/key.ts', `const key = '${SECRET}';\n`);
  git.commit('Key');
  git.git('rm', '-q', 'src/key.ts');
  git.write('.gitignore', '.env\n');
  git.commit('No key');
  git.write('.env', `KEY=${SECRET}\n`);
  app = await createApp({
    dataDir: path.join(around, 'data'),
    version: '0.0.0-test',
    capabilities: TEST_CAPABILITIES,
    openLink: async () => {},
    spawnKeytar: () => {
      throw new Error('There is no keychain in this test.');
    },
    entries: { searchWorker: path.resolve('main/core/history/search-worker.ts') },
    longLived: false,
    testMode: true,
  });
  ({ client: api, close } = connectLocal(contract, app.handlers, app.serveOptions));
});
afterAll(async () => {
  close();
  await app.close();
  rmSync(around, { recursive: true, force: true });
  git.remove();
});

async function state(): Promise<ScannerState> {
  for await (const one of api['scanner.state']({})) return one;
  throw new Error('There was no state.');
}
async function idle(): Promise<ScannerState> {
  for await (const one of api['scanner.state']({})) if (one.runs.length === 0) return one;
  throw new Error('It never became idle.');
}
const findings = async (filter = {}) =>
  (await api['scanner.findings']({ filter: { ...FILTER, ...filter } })).rows;

describe('adding', () => {
  it('takes a repository, a folder in it, a link to it and a slash at the end as the same one', async () => {
    const { added, already } = await api['scanner.add']({ path: git.path });
    expect([added.length, already.length]).toEqual([1, 0]);
    expect(added[0]).toMatchObject({ name: 'web-api', path: git.path, state: 'ok', lastScan: null });
    symlinkSync(git.path, path.join(around, 'link'));
    for (const other of [
      `${git.path}/`,
      path.join(git.path, 'src'),
      path.join(around, 'link'),
      ` ${git.path} `,
    ]) {
      const again = await api['scanner.add']({ path: other });
      expect([other, again.added.length, again.already.length]).toEqual([other, 0, 1]);
    }
    expect((await state()).repos).toHaveLength(1);
  });

  it('finds the repositories in a folder', async () => {
    const folder = path.join(around, 'many');
    for (const name of ['one', 'deep/two'])
      git.run(['clone', '-q', '--no-local', git.path, path.join(folder, name)]);
    git.run(['clone', '-q', '--bare', git.path, path.join(folder, 'bare.git')]);
    const { added, cut } = await api['scanner.add']({ path: folder });
    expect(added.map(({ name }) => name).sort()).toEqual(['bare', 'one', 'two']);
    expect(cut).toBe(false);
    for (const { id } of added) await api['scanner.remove']({ repoId: id });
  });

  it.each<[string, () => string, string]>([
    ['a path that is not there', () => '/no/such/folder', 'PATH_NOT_FOUND'],
    ['a path that is not whole', () => 'src', 'PATH_NOT_FOUND'],
    ['a file', () => path.join(git.path, '.gitignore'), 'PATH_NOT_FOUND'],
    ['a folder without a repository', () => path.join(around, 'empty'), 'NOT_A_REPOSITORY'],
  ])('refuses %s', async (_name, given, code) => {
    mkdirSync(path.join(around, 'empty'), { recursive: true });
    await expect(api['scanner.add']({ path: given() })).rejects.toMatchObject({ code });
  });
});

describe('browsing', () => {
  it('shows folders only, repositories marked, hidden ones last, and where up is', async () => {
    const folder = path.join(around, 'browse');
    for (const name of ['b', 'a10', 'a9', '.hidden', 'repo/.git'])
      mkdirSync(path.join(folder, name), { recursive: true });
    writeFileSync(path.join(folder, 'file'), '');
    const { entries, parent, cut } = await api['scanner.browse']({ path: folder });
    expect(entries.map(({ name, repository }) => [name, repository])).toEqual([
      ['a9', false],
      ['a10', false],
      ['b', false],
      ['repo', true],
      ['.hidden', false],
    ]);
    expect([parent, cut]).toEqual([around, false]);
    expect((await api['scanner.browse']({ path: '/' })).parent).toBeNull();
    expect((await api['scanner.browse']({})).path).toBe((await api['scanner.browse']({ path: '~' })).path);
    await expect(api['scanner.browse']({ path: '/no/such' })).rejects.toMatchObject({
      code: 'PATH_NOT_FOUND',
    });
  });
});

describe('a scan', () => {
  it('says how far it is, finds what is there, and never holds up the main thread for long', async () => {
    const [repo] = (await state()).repos;
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await api['scanner.start']({ repoIds: [repo!.id], profile: 'history' });
    const shares: (number | null)[] = [];
    for await (const { runs } of api['scanner.state']({})) {
      if (runs.length === 0) break;
      shares.push(runs[0]!.share);
    }
    delay.disable();
    console.log(`event loop while scanning: p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms`);
    for (const share of shares) if (share !== null) expect(share >= 0 && share <= 1).toBe(true);
    const done = (await idle()).repos[0];
    expect(done?.lastScan).toMatchObject({
      state: 'done',
      profile: 'history',
      error: '',
      head: { ref: 'main' },
    });
    expect(done?.open).toEqual({ high: 1, medium: 0, low: 0, known: 0 });
    expect((await findings()).map(({ path: at, source, present }) => [at, source, present])).toEqual([
      ['.env', 'ignored', true],
      ['src/key.ts', 'history', true],
    ]);
  });

  it('of the same again keeps marks and numbers', async () => {
    const before = await findings();
    await api['scanner.mark']({ ids: [before[1]!.id], kind: 'accepted', reason: 'an old one' });
    await api['scanner.start']({ repoIds: [before[0]!.repoId], profile: 'history' });
    await idle();
    expect((await findings({ state: 'all' })).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect((await findings({ state: 'marked' }))[0]?.mark).toMatchObject({
      kind: 'accepted',
      reason: 'an old one',
    });
    await api['scanner.mark']({ ids: [before[1]!.id], kind: null });
  });

  it('goes on when no window looks, and can be stopped', async () => {
    const [repo] = (await state()).repos;
    await api['scanner.start']({ repoIds: [repo!.id], profile: 'worktree' });
    await api['scanner.stop']({ repoId: repo!.id });
    expect((await idle()).repos[0]?.lastScan?.state).toMatch(/stopped|done/);
    expect(await findings()).toHaveLength(2);
    await expect(
      api['scanner.start']({ repoIds: ['00000000-0000-4000-8000-000000000000'], profile: 'staged' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await api['scanner.stop']({ repoId: '00000000-0000-4000-8000-000000000000' });
  });
});

describe('exports', () => {
  it.each(['json', 'csv', 'sarif'] as const)(
    '%s holds what the filter shows, and no secret',
    async (format) => {
      let text = '';
      for await (const { s } of api['scanner.export']({ format, filter: { ...FILTER, source: ['history'] } }))
        text += s;
      expect(text).toContain('anthropic-api-key');
      expect(text).toContain('src/key.ts');
      expect(text).not.toContain('.env');
      expect(text).not.toContain(SECRET.slice(12, 40));
      if (format !== 'csv') JSON.parse(text);
      if (format === 'json') expect(JSON.parse(text).repositories[0].findings[0].refs).toEqual(['main']);
    },
  );

  it('end when the reader has had enough', async () => {
    for await (const _piece of api['scanner.export']({ format: 'json', filter: FILTER })) break;
  });
});

it('the rules can be read', async () => {
  const rules = await api['scanner.rules']({});
  expect(rules.length).toBeGreaterThan(100);
  expect(rules.find(({ id }) => id === 'anthropic-api-key')).toMatchObject({ enabled: true, family: 'ai' });
});

it('nothing that the app has written holds the secret', async () => {
  const folder = path.join(around, 'data');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['keybench.db']));
  for (const entry of files) {
    const bytes = readFileSync(path.join(entry.parentPath, entry.name));
    expect([entry.name, bytes.includes(SECRET.slice(12, 40))]).toEqual([entry.name, false]);
  }
});

it('removing forgets the repository and its cache, and touches nothing in it', async () => {
  const before = git.git('status', '--porcelain', '--ignored');
  const [repo] = (await state()).repos;
  await api['scanner.remove']({ repoId: repo!.id });
  expect(await state()).toMatchObject({ repos: [], runs: [] });
  expect(await findings({ state: 'all' })).toEqual([]);
  expect(readdirSync(path.join(around, 'data', 'scan-cache'))).toEqual([]);
  expect(git.git('status', '--porcelain', '--ignored')).toBe(before);
});
