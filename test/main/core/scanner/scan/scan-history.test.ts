// Every place of a history where a secret can stand, on repositories made by plain git.
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../main/core/scanner/model.ts';
import { createRepo, type GitRepo, type RepoOptions } from '../../../../support/git-repo.ts';
import { ANTHROPIC, anthropicKey, scan } from '../../../../support/scanning.ts';

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

describe('history', () => {
  it('finds a key that a later commit has removed, with the commit that brought it', async () => {
    const git = repo();
    git.write('a.txt', 'nothing\n');
    git.commit('first');
    git.write('src/config.py', `# one\n${holding(KEY)}`);
    const at = Date.UTC(2024, 4, 5, 6, 7, 8);
    const brought = git.commit('second', { author: 'Grace', email: 'grace@example.com', at });
    git.write('src/config.py', 'clean\n');
    git.commit('third');
    const { findings, summary } = await scan(git.path);
    expect(findings).toEqual([
      expect.objectContaining({
        rule: ANTHROPIC,
        provider: 'Anthropic',
        severity: 'high',
        source: 'history',
        path: 'src/config.py',
        line: 2,
        column: 8,
        commit: brought,
        author: 'Grace',
        email: 'grace@example.com',
        at,
        refs: ['main'],
        versions: 1,
        present: false,
        suppressed: null,
      }),
    ]);
    expect(summary.counts).toMatchObject({ commits: 3, missing: 0, unreadable: 0 });
    expect(summary.head).toEqual({ ref: 'main', oid: git.git('rev-parse', 'HEAD') });
    expect(summary.issues).toEqual([]);
  });

  it('makes one finding of all versions of a file, of the oldest commit, and says that it is still there', async () => {
    const git = repo();
    git.write('a.env', holding(KEY));
    const oldest = git.commit('first');
    for (const more of ['b', 'c']) {
      git.write('a.env', `${more}\n${holding(KEY)}`);
      git.commit(more);
    }
    const { findings } = await scan(git.path);
    expect(findings).toEqual([
      expect.objectContaining({ commit: oldest, versions: 3, present: true, source: 'history', line: 1 }),
    ]);
  });

  it('tells the same key in two paths and two keys in one path apart', async () => {
    const git = repo();
    git.write('a.txt', holding(KEY) + holding(OTHER));
    git.write('b.txt', holding(KEY));
    git.commit('both');
    const { findings } = await scan(git.path);
    expect(findings.map(({ path: file, line }) => `${file}:${line}`)).toEqual([
      'a.txt:1',
      'a.txt:2',
      'b.txt:1',
    ]);
    expect(findings[0]?.fingerprint).toBe(findings[2]?.fingerprint);
    expect(findings[0]?.fingerprint).not.toBe(findings[1]?.fingerprint);
  });

  it('finds what only a merge has brought', async () => {
    const git = repo();
    git.write('a.txt', 'a\n');
    git.commit('first');
    git.git('checkout', '-q', '-b', 'side');
    git.write('b.txt', 'b\n');
    git.commit('side');
    git.git('checkout', '-q', 'main');
    git.write('c.txt', 'c\n');
    git.commit('main');
    git.git('merge', '-q', '--no-commit', 'side');
    git.write('evil.txt', holding(KEY));
    const merge = git.commit('merge');
    const { findings } = await scan(git.path);
    expect(findings).toEqual([
      expect.objectContaining({ path: 'evil.txt', commit: merge, source: 'history' }),
    ]);
  });

  it('finds stashed files, tracked and untracked', async () => {
    const git = repo();
    git.write('a.txt', 'a\n');
    git.commit('first');
    git.write('a.txt', holding(KEY));
    git.write('new.txt', holding(OTHER));
    git.git('stash', '-q', '-u');
    const { findings } = await scan(git.path);
    expect(findings.map(where)).toEqual([
      { source: 'stash', path: 'a.txt', present: false, versions: 1 },
      { source: 'stash', path: 'new.txt', present: false, versions: 1 },
    ]);
  });

  it('finds what is only staged, and what was staged and taken back', async () => {
    const git = repo();
    git.write('a.txt', 'a\n');
    git.commit('first');
    git.write('staged.txt', holding(KEY));
    git.write('gone.txt', holding(OTHER));
    git.git('add', '--all');
    git.git('rm', '-q', '-f', 'gone.txt');
    const { findings } = await scan(git.path);
    expect(findings.map(where)).toEqual([
      { source: 'unreachable', path: '', present: false, versions: 1 },
      { source: 'staged', path: 'staged.txt', present: true, versions: 1 },
    ]);
    expect(findings.map(({ commit }) => commit)).toEqual([null, null]);
  });

  it('finds commits that only the reflog names, and commits that nothing names', async () => {
    const git = repo();
    git.write('a.txt', 'a\n');
    const first = git.commit('first');
    git.write('b.txt', holding(KEY));
    const dropped = git.commit('second');
    git.git('reset', '-q', '--hard', first);
    const inReflog = await scan(git.path);
    expect(inReflog.findings).toEqual([
      expect.objectContaining({ source: 'reflog', path: 'b.txt', commit: dropped, refs: [] }),
    ]);
    git.git('reflog', 'expire', '--expire=now', '--all');
    const lost = await scan(git.path);
    expect(lost.findings).toEqual([
      expect.objectContaining({ source: 'unreachable', path: 'b.txt', commit: dropped }),
    ]);
  });

  it('reads messages of commits and tags and notes, but not their headers', async () => {
    const git = repo();
    git.write('a.txt', 'a\n');
    const commit = git.commit(`subject\n\nbody ${KEY}`, { author: anthropicKey(9), email: `x@${OTHER}.com` });
    git.git('tag', '-a', 'v1', '-m', `tagged ${anthropicKey(3)}`);
    git.git('notes', 'add', '-m', `noted ${anthropicKey(4)}`);
    const { findings } = await scan(git.path);
    const told = findings.map(({ source, path: file, commit: by }) => [source, file === '', by !== null]);
    expect(told.sort()).toEqual([
      ['message', true, true],
      ['note', false, true],
      ['tag', true, false],
    ]);
    expect(findings.find(({ source }) => source === 'message')).toMatchObject({ commit, line: 3 });
  });

  it('finds UTF-16 in both orders, with and without its mark, and CRLF and the end of a file', async () => {
    const git = repo();
    const text = `[settings]\r\nname = value\r\nkey=${KEY}`;
    const le = Buffer.from(text, 'utf16le');
    const be = Buffer.from(le).swap16();
    git.write('le.txt', le);
    git.write('le-mark.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), le]));
    git.write('be.txt', be);
    git.write('be-mark.txt', Buffer.concat([Buffer.from([0xfe, 0xff]), be]));
    git.write('crlf.txt', text);
    git.commit('wide');
    const { findings } = await scan(git.path);
    expect(findings.map(({ path: file, line }) => `${file}:${line}`)).toEqual([
      'be-mark.txt:3',
      'be.txt:3',
      'crlf.txt:3',
      'le-mark.txt:3',
      'le.txt:3',
    ]);
  });

  it('keeps names with newlines, quotes and bytes that are not UTF-8', async () => {
    const git = repo();
    git.write('new\nline.txt', holding(KEY));
    git.write('quo"te\'.txt', holding(KEY));
    git.write(Buffer.from([0x62, 0xe9, 0x2e, 0x74]), holding(KEY));
    git.commit('names');
    const { findings } = await scan(git.path);
    expect(findings.map(({ path: file }) => file)).toEqual(['b\\xe9.t', 'new\nline.txt', 'quo"te\'.txt']);
    expect(findings.every(({ present }) => present)).toBe(true);
  });

  it('reads bare, SHA-256 and borrowing repositories and linked worktrees', async () => {
    const git = repo({ objectFormat: 'sha256' });
    git.write('a.txt', holding(KEY));
    const commit = git.commit('first');
    const bare = path.join(git.around, 'bare.git');
    const shared = path.join(git.around, 'shared');
    const linked = path.join(git.around, 'linked');
    git.git('clone', '-q', '--bare', git.path, bare);
    git.git('clone', '-q', '--shared', git.path, shared);
    git.git('worktree', 'add', '-q', '-b', 'other', linked);
    expect(commit).toHaveLength(64);
    for (const [place, present] of [
      [git.path, true],
      [bare, null],
      [shared, true],
      [linked, true],
    ] as const) {
      const { findings } = await scan(place);
      expect(findings).toEqual([expect.objectContaining({ path: 'a.txt', commit, present })]);
    }
  });

  it('reads only what came after a revision, and what is not committed yet', async () => {
    const git = repo();
    git.write('old.txt', holding(KEY));
    git.commit(`old ${anthropicKey(5)}`);
    git.git('tag', 'base');
    git.write('new.txt', holding(OTHER));
    git.commit('new');
    git.write('staged.txt', holding(anthropicKey(3)));
    git.git('add', '--all');
    git.git('rm', '-q', '--cached', 'old.txt');
    const { findings, summary } = await scan(git.path, { since: 'base' });
    expect(findings.filter(({ source }) => source !== 'untracked').map(where)).toEqual([
      { source: 'history', path: 'new.txt', present: true, versions: 1 },
      { source: 'staged', path: 'staged.txt', present: true, versions: 1 },
    ]);
    expect(summary.counts.commits).toBe(1);
    await expect(scan(git.path, { since: 'no-such' })).rejects.toThrow(/NOT_FOUND: There is no commit/);
  });
});
