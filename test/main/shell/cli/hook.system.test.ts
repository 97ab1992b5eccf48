// The commit hook with real git: what it stops, what it lets through, and whose hooks it leaves alone.
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRepo, type GitRepo } from '../../../support/git-repo.ts';
import { anthropicKey } from '../../../support/scanning.ts';
import { startCli } from './scan-process.ts';

const SECRET = anthropicKey(42);
let home: string;
let repo: GitRepo;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'keybench-hook-'));
  repo = createRepo();
  repo.write('README.md', 'One\n');
  repo.commit('One');
});
afterEach(() => {
  repo.remove();
  rmSync(home, { recursive: true, force: true });
});

const env = () => ({ HOME: home, KEYBENCH_DATA_DIR: path.join(home, 'data') });
const hook = (verb: 'install' | 'remove', ...args: string[]) =>
  startCli(['hook', verb, ...(args.length > 0 ? args : [repo.path])], env()).ended;
const place = (folder = '.git/hooks') => path.join(repo.path, folder, 'pre-commit');
const beforePlace = () => path.join(repo.path, '.git/hooks/pre-commit.before-keybench');

/** A commit of what is staged; gives git's words when it was stopped. */
function commit(...args: string[]): string | null {
  try {
    repo.run(['commit', '-q', '-m', 'Next', ...args], { env: env() });
    return null;
  } catch (error) {
    return String((error as { stderr?: Buffer }).stderr ?? error);
  }
}
const stage = (name: string, text: string) => {
  repo.write(name, text);
  repo.git('add', '--', name);
};
function otherHook(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

describe('the installed hook', () => {
  it('stops a commit with a key, says where it is and how to pass it by, and shows no key', async () => {
    const { code, out } = await hook('install');
    expect(code).toBe(0);
    expect(out).toContain('git commit --no-verify');
    expect(statSync(place()).mode & 0o777).toBe(0o755);
    stage('src/a.ts', `x\nkey = "${SECRET}"\n`);
    const said = commit();
    expect(said).toMatch(/anthropic-api-key +sk-a··\S+ +src\/a\.ts:2/);
    expect(said).toContain('--no-verify');
    expect(said).not.toContain(SECRET.slice(10, 30));
    expect(commit('--no-verify')).toBeNull();
  });

  it('lets every other commit through without a word', async () => {
    await hook('install');
    stage('b.ts', 'fine\n');
    expect(commit()).toBeNull();
    expect(commit('--allow-empty')).toBeNull();
    stage('c.ts', `${SECRET} // keybench:allow\n`);
    expect(commit()).toBeNull();
    repo.git('rm', '-q', 'c.ts');
    expect(commit()).toBeNull();
  });

  it('looks at what is committed: not at other changes, and also with -a and with paths', async () => {
    await hook('install');
    stage('b.ts', 'fine\n');
    repo.write('b.ts', `${SECRET}\n`);
    expect(commit()).toBeNull();
    expect(commit('-a')).toMatch(/b\.ts:1/);
    expect(commit('--', 'b.ts')).toMatch(/b\.ts:1/);
    expect(repo.git('status', '--short')).toBe(' M b.ts');
  });

  it('works for the first commit of a repository, and from a linked worktree', async () => {
    const fresh = createRepo({ name: 'fresh' });
    expect((await hook('install', fresh.path)).code).toBe(0);
    fresh.write('a', `${SECRET}\n`);
    fresh.git('add', 'a');
    expect(() => fresh.run(['commit', '-q', '-m', 'x'], { env: env() })).toThrow(/a:1/);
    fresh.remove();

    await hook('install');
    const linked = path.join(repo.around, 'linked');
    repo.git('worktree', 'add', '-q', linked);
    writeFileSync(path.join(linked, 'k'), `${SECRET}\n`);
    repo.run(['add', 'k'], { cwd: linked });
    expect(() => repo.run(['commit', '-q', '-m', 'x'], { cwd: linked, env: env() })).toThrow(/k:1/);
  });

  it('is passed by with KEYBENCH_SKIP=1', async () => {
    await hook('install');
    stage('a', `${SECRET}\n`);
    repo.run(['commit', '-q', '-m', 'x'], { env: { ...env(), KEYBENCH_SKIP: '1' } });
  });

  it('stops the commit with a sentence when Keybench is gone', async () => {
    await hook('install');
    writeFileSync(place(), readFileSync(place(), 'utf8').replace(/^main=.*$/m, "main='/gone/main.ts'"));
    stage('a', 'fine\n');
    expect(commit()).toMatch(/Keybench is not where it was.*hook install/s);
  });
});

describe('a hook that is there already', () => {
  it('runs first, with its own word, and is put back by remove', async () => {
    const text = '#!/bin/sh\necho theirs >&2\n[ ! -e stop ]\n';
    otherHook(place(), text);
    const { out } = await hook('install');
    expect(out).toContain('runs before it');
    stage('a', `${SECRET}\n`);
    expect(commit()).toMatch(/theirs[\s\S]*a:1/);
    repo.git('rm', '-q', '--cached', 'a');
    stage('b', 'fine\n');
    repo.write('stop', '');
    expect(commit()).toBe('theirs\n');
    rmSync(path.join(repo.path, 'stop'));
    expect(commit()).toBeNull();
    expect((await hook('remove')).out).toContain('is back');
    expect(readFileSync(place(), 'utf8')).toBe(text);
    expect(existsSync(beforePlace())).toBe(false);
  });

  it('may be a link, and may be switched off', async () => {
    otherHook(path.join(repo.path, 'tools/check.sh'), '#!/bin/sh\nexit 3\n');
    symlinkSync('../../tools/check.sh', place());
    await hook('install');
    stage('b', 'fine\n');
    expect(commit()).not.toBeNull();
    chmodSync(path.join(repo.path, 'tools/check.sh'), 0o644);
    expect(commit()).toBeNull();
    await hook('remove');
    expect(lstatSync(place()).isSymbolicLink()).toBe(true);
  });

  it('that came after ours is not removed by us', async () => {
    await hook('install');
    otherHook(place(), '#!/bin/sh\n');
    expect((await hook('remove')).out).toContain('no hook of Keybench');
    expect(readFileSync(place(), 'utf8')).toBe('#!/bin/sh\n');
  });
});

describe('installing and removing', () => {
  it('again changes nothing', async () => {
    otherHook(place(), '#!/bin/sh\n');
    await hook('install');
    const first = readFileSync(place(), 'utf8');
    const { code, out } = await hook('install');
    expect([code, out]).toEqual([0, expect.stringContaining('up to date')]);
    expect(readFileSync(place(), 'utf8')).toBe(first);
    expect(readFileSync(beforePlace(), 'utf8')).toBe('#!/bin/sh\n');
    await hook('remove');
    expect((await hook('remove')).code).toBe(0);
    expect(readFileSync(place(), 'utf8')).toBe('#!/bin/sh\n');
  });

  it('goes where core.hooksPath of the repository says, as long as that is inside of it', async () => {
    repo.git('config', 'core.hooksPath', 'tools/git hooks');
    expect((await hook('install')).code).toBe(0);
    expect(existsSync(place('tools/git hooks'))).toBe(true);
    stage('a', `${SECRET}\n`);
    expect(commit()).toMatch(/a:1/);
    for (const outside of ['../elsewhere', home, '~/hooks', 'tools/out/hooks']) {
      mkdirSync(path.join(repo.path, 'tools'), { recursive: true });
      if (outside === 'tools/out/hooks') symlinkSync(home, path.join(repo.path, 'tools/out'));
      repo.git('config', 'core.hooksPath', outside);
      const { code, err } = await hook('install');
      expect([outside, code]).toEqual([outside, 2]);
      expect(err).toContain('outside of it');
    }
    expect(existsSync(path.join(home, 'pre-commit'))).toBe(false);
  });

  it('is refused where a core.hooksPath of the user would keep it from running', async () => {
    writeFileSync(path.join(home, '.gitconfig'), '[core]\n\thooksPath = ~/all-hooks\n');
    expect(await hook('install')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/all your repositories/),
    });
    repo.git('config', 'core.hooksPath', '.git/hooks');
    expect((await hook('install')).code).toBe(0);
  });

  it('runs nothing of the repository', async () => {
    repo.git('config', 'core.fsmonitor', `touch ${path.join(home, 'ran')}`);
    repo.git('config', 'alias.config', `!touch ${path.join(home, 'ran')}`);
    await hook('install');
    await hook('remove');
    expect(existsSync(path.join(home, 'ran'))).toBe(false);
  });

  it.each<[string, () => string[], RegExp]>([
    ['no path', () => ['--trust'], /path of one repository/],
    ['two paths', () => [repo.path, repo.path], /path of one repository/],
    ['a path that is not there', () => ['/no/such/folder'], /no folder/],
    ['no repository', () => [home], /is a git repository/],
  ])('with %s ends with 2', async (_name, args, why) => {
    expect(await hook('install', ...args())).toMatchObject({ code: 2, err: expect.stringMatching(why) });
  });

  it('is refused for a bare repository', async () => {
    const bare = createRepo({ bare: true });
    expect(await hook('install', bare.path)).toMatchObject({ code: 2, err: expect.stringMatching(/bare/) });
    bare.remove();
  });
});
