// Nothing that a repository says makes the git layer run a program, follow a link or wait for a pipe.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findRepositories } from '../../../../../main/core/scanner/git/find-repositories.ts';
import { listIndex, listStaged } from '../../../../../main/core/scanner/git/index-files.ts';
import { listObjects } from '../../../../../main/core/scanner/git/list-objects.ts';
import { locate } from '../../../../../main/core/scanner/git/locate.ts';
import { oidAt, packOids, TYPES } from '../../../../../main/core/scanner/git/object-list.ts';
import { readBlob } from '../../../../../main/core/scanner/git/read-blob.ts';
import { readObjects } from '../../../../../main/core/scanner/git/read-objects.ts';
import { runGit } from '../../../../../main/core/scanner/git/recipe.ts';
import { listRefNames, listRefs } from '../../../../../main/core/scanner/git/refs.ts';
import { refsHolding } from '../../../../../main/core/scanner/git/refs-holding.ts';
import { openRepository, type Repository } from '../../../../../main/core/scanner/git/repository.ts';
import { resolveRevision } from '../../../../../main/core/scanner/git/resolve-revision.ts';
import { listFiles, readFile } from '../../../../../main/core/scanner/git/work-tree.ts';
import { createHostileRepo, type HostileRepo } from './hostile-repo.ts';

let hostile: HostileRepo;

beforeAll(() => {
  hostile = createHostileRepo();
});
afterAll(() => hostile.remove());
beforeEach(() => hostile.forget());

/** As somebody would type it. Failures and waiting are expected. */
function plain(args: string[], env: Record<string, string> = {}, input = ''): void {
  spawnSync('git', args, {
    cwd: hostile.path,
    input,
    timeout: 2000,
    killSignal: 'SIGKILL',
    env: { PATH: process.env.PATH ?? '', HOME: path.join(hostile.around, 'home'), ...env },
  });
}

describe('the payloads are armed: plain git', () => {
  // Without these the test below could not fail.
  const noPipes = ['-c', 'diff.orderFile=/dev/null', '-c', 'mailmap.file=/dev/null'];
  const here = () => [...noPipes, `--work-tree=${hostile.path}`];
  it.each<[string, () => string[][], string[]]>([
    ['status', () => [[...here(), 'status', 'a.txt']], ['fsmonitor', 'clean']],
    ['diff', () => [[...here(), 'diff', '--', 'd.ext', 'c.far', 'a.txt']], ['diff-driver', 'diff-external']],
    [
      'diff without external programs',
      () => [[...here(), 'diff', '--no-ext-diff', '--', 'c.far']],
      ['textconv-of-attributes-file'],
    ],
    [
      'log -p',
      () => [[...here(), '-c', 'log.showRoot=true', 'log', '-p', '--all', '--', 'a.txt']],
      ['gpg', 'textconv'],
    ],
    ['log', () => [[...noPipes, 'log']], ['gpg']],
    [
      'checkout',
      () => [[...here(), 'checkout', '-f', '--', 'b.proc', 'a.txt']],
      ['filter-process', 'smudge'],
    ],
    ['cat-file of a missing object', () => [['cat-file', '-p', hostile.missing]], ['uploadpack']],
    ['fetch by ssh', () => [['fetch', 'secure']], ['ssh']],
    ['fetch by ext', () => [['fetch', 'outside']], ['ext']],
    ['fetch by git', () => [['fetch', 'plain']], ['git-proxy']],
    ['its aliases', () => [['evil'], ['included']], ['alias', 'include']],
    ['credential', () => [['credential', 'fill']], ['credential']],
    ['update-ref', () => [['update-ref', 'refs/heads/x', 'HEAD']], ['hook-reference-transaction']],
  ])('%s runs them', (_name, commands, expected) => {
    for (const command of commands()) plain(command, {}, 'protocol=https\nhost=h.invalid\n\n');
    expect(hostile.fired()).toEqual(expect.arrayContaining(expected));
  });

  it('what writes an index runs the hook', () => {
    plain(['read-tree', '--empty'], { GIT_INDEX_FILE: path.join(hostile.around, 'other-index') });
    expect(hostile.fired()).toContain('hook-post-index-change');
  });

  it('diff runs what comes by variables', () => {
    const { GIT_EXTERNAL_DIFF = '', ...others } = hostile.variables;
    const config = Object.fromEntries(
      Object.entries(others).filter(([name]) => name.startsWith('GIT_CONFIG_')),
    );
    plain([...here(), 'diff', '--', 'c.far'], { GIT_EXTERNAL_DIFF, ...config });
    expect(hostile.fired()).toEqual(expect.arrayContaining(['variable-config', 'variable-external-diff']));
  });
});

describe('the git layer', () => {
  let repo: Repository;

  /** What one use of the layer leaves behind. */
  async function firedBy(use: () => unknown): Promise<string[]> {
    for (const [name, value] of Object.entries(hostile.variables)) vi.stubEnv(name, value);
    vi.stubEnv('HOME', hostile.path);
    try {
      await use();
    } finally {
      vi.unstubAllEnvs();
    }
    return hostile.fired();
  }

  beforeAll(async () => {
    repo = await openRepository(hostile.path);
  });

  const uses: Record<string, () => unknown> = {
    openRepository: () => openRepository(hostile.path),
    findRepositories: () => findRepositories(hostile.around),
    listObjects: () => listObjects(repo),
    'readObjects of all and of a missing one': async () => {
      const list = await listObjects(repo);
      await readAll(list.oids);
      await readAll(packOids([hostile.missing], 20));
    },
    'locate with every kind of walk': async () => {
      const { all, commits } = await everything();
      await locate(repo, [...all, '0'.repeat(40)], { commits });
      await locate(repo, ['0'.repeat(40)], { since: repo.head!.oid });
    },
    refsHolding: () => refsHolding(repo, [repo.head!.oid]),
    listRefs: () => listRefs(repo),
    listRefNames: () => listRefNames(repo),
    listIndex: () => listIndex(repo),
    listStaged: () => listStaged(repo),
    listFiles: () => listFiles(repo),
    'readFile of every file': async () => {
      const { files, notFollowed } = await listFiles(repo);
      for (const file of [...files.map(({ path: name }) => name), ...notFollowed]) readFile(repo, file);
    },
    readBlob: () => readBlob(repo, hostile.hidden),
    resolveRevision: () => resolveRevision(repo, 'main@{0}'),
    'rev-list of all objects': () =>
      runGit(repo, 'rev-list', ['--objects', '--missing=print', '--all', '--reflog']),
  };

  it.each(Object.keys(uses))('%s runs nothing', async (name) => {
    expect(await firedBy(uses[name]!)).toEqual([]);
  });

  it('stands in this test with every function that starts git', () => {
    const folder = new URL('../../../../../main/core/scanner/git/', import.meta.url);
    const here = readFileSync(new URL(import.meta.url), 'utf8');
    const named: string[] = [];
    for (const file of [
      'index-files',
      'list-objects',
      'locate',
      'read-objects',
      'read-blob',
      'refs',
      'refs-holding',
    ])
      named.push(...exportedFunctions(new URL(`${file}.ts`, folder)));
    for (const file of ['repository', 'resolve-revision', 'work-tree', 'find-repositories'])
      named.push(...exportedFunctions(new URL(`${file}.ts`, folder)));
    expect(named.length).toBeGreaterThan(10);
    for (const name of named) expect(here, name).toContain(`${name}(`);
  });

  it('reads the content that a replace ref hides', async () => {
    expect(Buffer.from(await readBlob(repo, hostile.hidden)).toString()).toBe('what a replace ref hides\n');
  });

  it('walks through history that a graft hides', async () => {
    const { objects } = await locate(repo, [
      hostile
        .run(['rev-parse', `${hostile.grafted}:grafted.txt`])
        .toString()
        .trim(),
    ]);
    expect([...objects.values()]).toMatchObject([
      { reached: 'history', places: [{ shown: 'grafted.txt', commit: hostile.grafted }] },
    ]);
  });

  it('tells the missing object, and that the clone is partial', async () => {
    expect(repo.partial).toBe(true);
    expect(await readAll(packOids([hostile.missing], 20))).toEqual({ read: [], missing: [hostile.missing] });
  });

  it('stays in the work tree, whatever core.worktree, links and the index say', async () => {
    expect(repo.workTree).toBe(hostile.path);
    const { files, notFollowed } = await listFiles(repo);
    const names = files.map((file) => file.path.toString());
    expect(names).toContain('a.txt');
    expect(names).not.toContain('passwd');
    expect(names).not.toContain('linked/inside.txt');
    expect(notFollowed.map(String).sort()).toEqual([
      'etc',
      'linked',
      'linked/inside.txt',
      'passwd.txt',
      'pipe.txt',
    ]);
    for (const name of ['passwd.txt', 'etc/passwd', 'linked/inside.txt', 'pipe.txt', '../outside/inside.txt'])
      expect(readFile(repo, name), name).toEqual({ state: 'notFollowed' });
    for (const name of ['/etc/passwd', '.git/config', 'a/../../outside/inside.txt', 'a\0b', ''])
      expect(readFile(repo, name), name).toEqual({ state: 'notFollowed' });
  });

  async function everything() {
    const list = await listObjects(repo);
    const all: string[] = [];
    const commits: string[] = [];
    for (let index = 0; index < list.length; index++) {
      const oid = oidAt(list.oids, 20, index);
      all.push(oid);
      if (TYPES[list.types[index]!] === 'commit') commits.push(oid);
    }
    return { all, commits: packOids(commits, 20) };
  }

  async function readAll(oids: Uint8Array) {
    const read: string[] = [];
    const missing: string[] = [];
    await readObjects(repo, oids, {
      onObject: (oid) => void read.push(oid),
      onMissing: (oid) => void missing.push(oid),
      onUnreadable: () => expect.unreachable(),
    });
    return { read, missing };
  }
});

function exportedFunctions(file: URL): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^export (?:async )?function (\w+)/gm)].map(
    ([, name]) => name!,
  );
}
