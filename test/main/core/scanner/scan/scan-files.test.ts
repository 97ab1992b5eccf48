// What is not committed: files of the work tree by class, and what is staged.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../main/core/scanner/model.ts';
import { createRepo, type GitRepo, type RepoOptions } from '../../../../support/git-repo.ts';
import { anthropicKey, issueKinds, scan } from '../../../../support/scanning.ts';

const made: GitRepo[] = [];
const repo = (options?: RepoOptions): GitRepo => {
  const one = createRepo(options);
  made.push(one);
  return one;
};
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

const KEY = anthropicKey(1);
const OTHER = anthropicKey(2);
const holding = (key: string) => `key = "${key}"\n`;
const where = ({ source, path: file, present, versions }: Finding) => ({
  source,
  path: file,
  present,
  versions,
});

describe('work tree', () => {
  const mixed = () => {
    const git = repo();
    git.write('.gitignore', '.env\n');
    git.write('tracked.txt', holding(KEY));
    git.commit('first');
    git.write('untracked.txt', holding(OTHER));
    git.write('.env', holding(anthropicKey(3)));
    return git;
  };

  it('reads tracked, untracked and ignored files, each as its own class', async () => {
    const git = mixed();
    const { findings, summary } = await scan(git.path, { profile: 'worktree' });
    expect(findings.map(where)).toEqual([
      { source: 'ignored', path: '.env', present: true, versions: 1 },
      { source: 'worktree', path: 'tracked.txt', present: true, versions: 1 },
      { source: 'untracked', path: 'untracked.txt', present: true, versions: 1 },
    ]);
    expect(findings.every(({ oid, commit }) => oid === null && commit === null)).toBe(true);
    expect(summary.counts).toMatchObject({ scanned: 4, files: 4, commits: 0 });
  });

  it('leaves ignored files unread when told to', async () => {
    const { findings, summary } = await scan(mixed().path, { profile: 'worktree', ignored: false });
    expect(findings.map(({ source }) => source)).toEqual(['worktree', 'untracked']);
    expect(summary.counts.files).toBe(3);
  });

  it('belongs to the history as well, where a committed key is told once', async () => {
    const { findings } = await scan(mixed().path);
    expect(findings.map(where)).toEqual([
      { source: 'ignored', path: '.env', present: true, versions: 1 },
      { source: 'history', path: 'tracked.txt', present: true, versions: 1 },
      { source: 'untracked', path: 'untracked.txt', present: true, versions: 1 },
    ]);
  });

  it('tells an ignored and a committed file with the same key apart, and that the key is present', async () => {
    const git = repo();
    git.write('.gitignore', '.env\n');
    git.write('leak.txt', holding(KEY));
    git.commit('leak');
    git.write('leak.txt', 'clean\n');
    git.commit('clean');
    git.write('.env', holding(KEY));
    const { findings } = await scan(git.path);
    expect(findings.map(where)).toEqual([
      { source: 'ignored', path: '.env', present: true, versions: 1 },
      { source: 'history', path: 'leak.txt', present: true, versions: 1 },
    ]);
  });

  it('follows no link and opens no pipe, and counts them', async () => {
    const git = repo();
    git.write('a.txt', 'a\n');
    git.commit('first');
    execFileSync('mkfifo', [path.join(git.path, 'pipe')]);
    execFileSync('ln', ['-s', '/etc/passwd', path.join(git.path, 'link')]);
    const scanned = await scan(git.path, { profile: 'worktree' });
    expect(scanned.summary.counts).toMatchObject({ files: 1 });
    expect(scanned.summary.counts.notFollowed).toBeGreaterThan(0);
    expect(issueKinds(scanned)).toEqual(['not-followed']);
  });
});

describe('staged', () => {
  it('reads what differs from HEAD in the index, not what has changed since', async () => {
    const git = repo();
    git.write('old.txt', holding(KEY));
    git.commit('old');
    git.write('new.txt', holding(OTHER));
    git.git('add', '--all');
    git.write('new.txt', 'clean again\n');
    git.write('loose.txt', holding(anthropicKey(3)));
    const { findings, summary } = await scan(git.path, { profile: 'staged' });
    expect(findings.map(where)).toEqual([{ source: 'staged', path: 'new.txt', present: null, versions: 1 }]);
    expect(findings[0]?.oid).toBe(git.git('rev-parse', ':new.txt'));
    expect(summary.counts).toMatchObject({ scanned: 1, files: 0, commits: 0 });
  });

  it('reads all of the index before the first commit', async () => {
    const git = repo();
    git.write('a.txt', holding(KEY));
    git.git('add', '--all');
    const { findings } = await scan(git.path, { profile: 'staged' });
    expect(findings.map(where)).toEqual([{ source: 'staged', path: 'a.txt', present: null, versions: 1 }]);
  });

  it('says that nothing is staged', async () => {
    const git = repo();
    git.write('a.txt', 'a\n');
    git.commit('first');
    const scanned = await scan(git.path, { profile: 'staged' });
    expect(scanned.summary.issues).toEqual([
      { kind: 'nothing-scanned', harmless: true, text: expect.stringContaining('Nothing is staged') },
    ]);
  });
});
