import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findRepositories } from '../../../../../main/core/scanner/git/find-repositories.ts';
import { isOn, parseGitConfig } from '../../../../../main/core/scanner/git/git-config.ts';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';

let made: GitRepo;
afterEach(() => made.remove());

function folders(...names: string[]): void {
  for (const name of names) {
    const folder = path.join(made.around, name);
    mkdirSync(folder, { recursive: true });
    made.run(['init', '-q', ...(name.endsWith('.git') ? ['--bare'] : [])], { cwd: folder });
  }
}

const below = async (options = {}) => {
  const { paths, cut } = await findRepositories(made.around, options);
  return { names: paths.map((at) => path.relative(made.around, at)), cut };
};

describe('repositories below a folder', () => {
  it('are work trees, bare ones, linked ones and those inside of others; nearest first', async () => {
    made = createRepo();
    made.commit('one');
    made.git('worktree', 'add', '-q', '-b', 'x', path.join(made.around, 'tree'));
    folders('a/deep/one', 'server.git', 'repo/inner', 'a/node_modules/pkg');
    symlinkSync(made.path, path.join(made.around, 'link'));
    symlinkSync(made.around, path.join(made.path, 'loop'));
    expect(await below()).toEqual({
      names: ['repo', 'server.git', 'tree', 'repo/inner', 'a/deep/one'],
      cut: false,
    });
  });

  it('are looked for within limits, and it is said when one was reached', async () => {
    made = createRepo();
    folders('a', 'b', 'c/d/e');
    expect(await below({ maxRepositories: 2 })).toEqual({ names: ['a', 'b'], cut: true });
    expect(await below({ maxDepth: 1 })).toEqual({ names: ['a', 'b', 'repo'], cut: true });
    expect((await below({ maxFolders: 2 })).cut).toBe(true);
    expect(await below({ maxMs: -1 })).toEqual({ names: [], cut: true });
    await expect(below({ signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
  });
});

describe('a configuration', () => {
  it('is read as git reads it: cases, quotes, comments, subsections, the last value', () => {
    made = createRepo();
    const text = [
      '[Core] ; a comment',
      '\tBare = true # comment',
      '\trepositoryformatversion = 1',
      '[remote "Origin \\"x\\""]',
      '\tpromisor',
      '\turl = "a # b"  c \\"q\\"',
      '[extensions] objectFormat = sha256',
      '[core]\n\tbare = \\\nfalse',
    ].join('\n');
    const config = parseGitConfig(text);
    expect(Object.fromEntries(config)).toEqual({
      'core.bare': 'false',
      'core.repositoryformatversion': '1',
      'remote.Origin "x".promisor': 'true',
      'remote.Origin "x".url': 'a # b  c "q"',
      'extensions.objectformat': 'sha256',
    });
    made.write('.git/config', text);
    for (const [name, value] of config)
      expect(made.git('config', '--file', path.join(made.gitDir, 'config'), '--get', name) || 'true').toBe(
        value,
      );
    expect(['true', 'YES', 'on', '1', 'false', '', 'no', '0'].map(isOn)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
