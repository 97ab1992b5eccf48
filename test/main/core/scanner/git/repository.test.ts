import { chownSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findGitDirectory, isForeign } from '../../../../../main/core/scanner/git/git-directory.ts';
import { openRepository } from '../../../../../main/core/scanner/git/repository.ts';
import { createRepo, type GitRepo, type RepoOptions } from '../../../../support/git-repo.ts';

const repos: GitRepo[] = [];
function repo(options?: RepoOptions): GitRepo {
  const made = createRepo(options);
  repos.push(made);
  return made;
}
afterEach(() => {
  vi.unstubAllEnvs();
  for (const made of repos.splice(0)) made.remove();
});

describe('a repository is found', () => {
  it('by its folder, a folder in it, a file in it, its .git and a link to it', async () => {
    const made = repo();
    made.write('a/b/c.txt', 'x');
    const oid = made.commit('one');
    const link = path.join(made.around, 'link');
    symlinkSync(made.path, link);
    for (const given of ['', 'a/b', 'a/b/c.txt', '.git', '.git/objects'].map((part) =>
      path.join(made.path, part),
    ))
      expect((await openRepository(given)).path, given).toBe(made.path);
    expect(await openRepository(link)).toMatchObject({
      path: made.path,
      gitDir: made.gitDir,
      commonDir: made.gitDir,
      workTree: made.path,
      bare: false,
      shallow: false,
      partial: false,
      objectFormat: 'sha1',
      oidBytes: 20,
      head: { ref: 'main', oid },
      alternates: [],
      submodules: [],
      storeId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('also before its first commit, and with a detached head', async () => {
    const made = repo();
    expect((await openRepository(made.path)).head).toBeNull();
    const oid = made.commit('one');
    made.git('checkout', '-q', '--detach');
    expect((await openRepository(made.path)).head).toEqual({ ref: null, oid });
  });

  it('or a sentence says why not', async () => {
    const made = repo();
    await expect(openRepository(path.join(made.around, 'nowhere'))).rejects.toMatchObject({
      code: 'PATH_NOT_FOUND',
    });
    await expect(openRepository(path.join(made.around, 'home'))).rejects.toMatchObject({
      code: 'NOT_A_REPOSITORY',
    });
    writeFileSync(path.join(made.around, 'home', '.git'), 'gitdir: /nowhere\n');
    await expect(openRepository(path.join(made.around, 'home'))).rejects.toMatchObject({
      code: 'NOT_A_REPOSITORY',
    });
    renameSync(path.join(made.gitDir, 'HEAD'), path.join(made.gitDir, 'HEAD2'));
    await expect(openRepository(made.path)).rejects.toMatchObject({ code: 'NOT_A_REPOSITORY' });
  });
});

describe('its facts', () => {
  it('bare', async () => {
    const made = repo({ bare: true });
    expect(await openRepository(made.path)).toMatchObject({ bare: true, workTree: null, path: made.path });
  });

  it('SHA-256', async () => {
    const made = repo({ objectFormat: 'sha256' });
    const oid = made.commit('one');
    expect(oid).toHaveLength(64);
    expect(await openRepository(made.path)).toMatchObject({
      objectFormat: 'sha256',
      oidBytes: 32,
      head: { oid },
    });
  });

  it('a linked worktree shares its store, also one of a bare repository', async () => {
    const made = repo();
    made.commit('one');
    const tree = path.join(made.around, 'tree');
    made.git('worktree', 'add', '-q', '-b', 'other', tree);
    const main = await openRepository(made.path);
    const linked = await openRepository(tree);
    expect(linked).toMatchObject({
      path: tree,
      workTree: tree,
      bare: false,
      commonDir: made.gitDir,
      gitDir: path.join(made.gitDir, 'worktrees', 'tree'),
      head: { ref: 'other', oid: main.head?.oid },
      storeId: main.storeId,
    });
    made.git('config', 'core.bare', 'true');
    expect(await openRepository(tree)).toMatchObject({ bare: false, workTree: tree });
    expect(await openRepository(made.path)).toMatchObject({ bare: true, workTree: null });
  });

  it('submodules are named, each is a repository of its own', async () => {
    const inner = repo({ name: 'inner' });
    inner.write('i', 'i');
    const oid = inner.commit('inner');
    const outer = repo();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'sub/here');
    outer.run(['update-index', '--add', '--cacheinfo', `160000,${oid},sub/absent`]);
    const folder = path.join(outer.path, 'sub', 'here');
    const opened = await openRepository(outer.path);
    expect(opened.submodules.map(({ name, path: at }) => [name.toString(), at])).toEqual([
      ['sub/absent', null],
      ['sub/here', folder],
    ]);
    const sub = await openRepository(folder);
    expect(sub).toMatchObject({ workTree: folder, bare: false, head: { oid } });
    expect(sub.storeId).not.toBe(opened.storeId);
  });

  it('alternates', async () => {
    const origin = repo();
    origin.commit('one');
    const made = repo();
    const clone = path.join(made.around, 'clone');
    made.run(['clone', '-q', '--shared', origin.path, clone]);
    expect((await openRepository(clone)).alternates).toEqual([path.join(origin.gitDir, 'objects')]);
  });

  it('shallow and partial clones', async () => {
    const origin = repo();
    origin.write('a', 'a');
    origin.commit('one');
    origin.commit('two');
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const at = (name: string) => path.join(origin.around, name);
    origin.run(['clone', '-q', '--bare', '--depth=1', `file://${origin.path}`, at('shallow')]);
    origin.run(['clone', '-q', '--bare', '--filter=blob:none', `file://${origin.path}`, at('partial')]);
    expect(await openRepository(at('shallow'))).toMatchObject({ shallow: true, partial: false });
    expect(await openRepository(at('partial'))).toMatchObject({ shallow: false, partial: true });
    // An included file may say it, where it is not looked for; the packs tell it all the same.
    writeFileSync(path.join(at('partial'), 'config'), '[core]\n\tbare = true\n');
    expect(await openRepository(at('partial'))).toMatchObject({ partial: true });
  });

  it('what git does not understand is told in git’s words', async () => {
    const made = repo();
    made.git('config', 'core.repositoryformatversion', '99');
    await expect(openRepository(made.path)).rejects.toMatchObject({ code: 'SCAN_FAILED' });
  });
});

describe('a repository of another user', () => {
  it('is one when any part of it that is believed belongs to somebody else', () => {
    const made = repo();
    made.write('a', 'a');
    made.commit('one');
    const found = findGitDirectory(made.path)!;
    const me = process.geteuid!();
    expect(isForeign(found)).toBe(false);
    expect(isForeign(found, me + 1)).toBe(true);
  });

  it('is not opened before somebody agrees, and git is not started', async ({ skip }) => {
    skip(process.geteuid?.() !== 0, 'only root can give files away');
    for (const part of ['', '.git', '.git/config', '.git/objects']) {
      const made = repo();
      const oid = made.commit('one');
      chownSync(path.join(made.path, part), 12_345, 12_345);
      // With no git at all the answer is the same.
      vi.stubEnv('PATH', '');
      await expect(openRepository(made.path), part).rejects.toMatchObject({ code: 'FOREIGN_REPOSITORY' });
      vi.unstubAllEnvs();
      expect((await openRepository(made.path, { trusted: true })).head?.oid).toBe(oid);
    }
  });

  it('is also one that a .git file of ours leads to', async ({ skip }) => {
    skip(process.geteuid?.() !== 0, 'only root can give files away');
    const made = repo();
    made.commit('one');
    chownSync(made.gitDir, 12_345, 12_345);
    const folder = path.join(made.around, 'mine');
    mkdirSync(folder);
    writeFileSync(path.join(folder, '.git'), `gitdir: ${made.gitDir}\n`);
    await expect(openRepository(folder)).rejects.toMatchObject({ code: 'FOREIGN_REPOSITORY' });
    rmSync(path.join(folder, '.git'));
  });
});
