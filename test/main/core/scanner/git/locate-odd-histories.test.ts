import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocateOptions, locate } from '../../../../../main/core/scanner/git/locate.ts';
import { openRepository, type Repository } from '../../../../../main/core/scanner/git/repository.ts';
import { createRepo, type GitRepo, type RepoOptions } from '../../../../support/git-repo.ts';
import { open } from './contents.ts';

const repos: GitRepo[] = [];
function repo(options?: RepoOptions): GitRepo {
  const made = createRepo(options);
  repos.push(made);
  return made;
}
afterEach(() => {
  for (const made of repos.splice(0)) made.remove();
});

const oidOf = (made: GitRepo, text: string) =>
  made.run(['hash-object', '--stdin'], { input: text }).toString().trim();

/** `reached` and `path author` of the places of one object. */
async function placeOf(opened: Repository, oid: string, options?: LocateOptions) {
  const { reached, places } = (await locate(opened, [oid], options)).objects.get(oid)!;
  return { reached, places: places.map(({ shown, commit }) => `${shown} ${commit}`) };
}

describe('a history with holes', () => {
  it('is walked as far as it goes, and says that it was not all', async () => {
    const made = repo();
    made.write('a', 'first');
    made.commit('first');
    made.write('dir/b', 'second');
    const second = made.commit('second');
    const tree = made.git('rev-parse', 'HEAD~1^{tree}');
    rmSync(path.join(made.gitDir, 'objects', tree.slice(0, 2), tree.slice(2)));
    made.write('c', 'third');
    const third = made.commit('third');
    const { objects, complete } = await locate(await open(made), [
      oidOf(made, 'first'),
      oidOf(made, 'third'),
    ]);
    expect(complete).toBe(false);
    expect(objects.get(oidOf(made, 'third'))?.places).toMatchObject([{ commit: third }]);
    expect(objects.get(oidOf(made, 'first'))).toEqual({ reached: 'history', places: [] });
    expect(second).toHaveLength(40);
  });

  it('is that of a shallow or partial clone: what is there is found, nothing is fetched', async () => {
    const origin = repo();
    origin.write('a', 'old');
    origin.commit('old');
    origin.write('a', 'new');
    const commit = origin.commit('new');
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const at = (name: string) => path.join(origin.around, name);
    origin.run(['clone', '-q', '--bare', '--depth=1', `file://${origin.path}`, at('shallow')]);
    origin.run(['clone', '-q', '--bare', '--filter=blob:none', `file://${origin.path}`, at('blobless')]);
    origin.run(['clone', '-q', '--bare', '--filter=tree:0', `file://${origin.path}`, at('treeless')]);
    expect(await placeOf(await openRepository(at('shallow')), oidOf(origin, 'new'))).toEqual({
      reached: 'history',
      places: [`a ${commit}`],
    });
    expect((await placeOf(await openRepository(at('blobless')), oidOf(origin, 'old'))).places).toHaveLength(
      1,
    );
    expect((await locate(await openRepository(at('treeless')), [oidOf(origin, 'old')])).complete).toBe(false);
  });
});
