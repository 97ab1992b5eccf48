import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { locate } from '../../../../../main/core/scanner/git/locate.ts';
import { openRepository } from '../../../../../main/core/scanner/git/repository.ts';
import { open } from './contents.ts';
import { oidOf, placeOf, repo } from './located.ts';

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
