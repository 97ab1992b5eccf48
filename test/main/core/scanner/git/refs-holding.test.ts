import { afterEach, describe, expect, it } from 'vitest';
import { refsHolding } from '../../../../../main/core/scanner/git/refs-holding.ts';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';
import { open } from './contents.ts';

let made: GitRepo;
afterEach(() => made.remove());

describe('refs that hold a commit', () => {
  it('are those from which it can be reached, shortest first', async () => {
    made = createRepo();
    const first = made.commit('first');
    made.git('tag', '-a', 'v1.0', '-m', 'one');
    const second = made.commit('second');
    made.git('branch', 'old', first);
    made.git('update-ref', 'refs/remotes/origin/main', first);
    made.git('checkout', '-q', '-b', 'side', first);
    const side = made.commit('side');
    made.git('checkout', '-q', 'main');
    made.git('merge', '-q', '-m', 'merge', 'side');
    const lost = made
      .run(['commit-tree', '-m', 'lost', `${first}^{tree}`])
      .toString()
      .trim();
    const holding = await refsHolding(await open(made), [first, second, side, lost, first]);
    expect(Object.fromEntries(holding)).toEqual({
      [first]: ['old', 'main', 'side', 'v1.0', 'origin/main'],
      [second]: ['main'],
      [side]: ['main', 'side'],
      [lost]: [],
    });
  });

  it('agree with git for more commits than fit one number', async () => {
    made = createRepo();
    const commits: string[] = [];
    for (let index = 0; index < 40; index++) {
      commits.push(made.commit(`c${index}`));
      if (index % 7 === 0) made.git('branch', `b${index}`);
      if (index % 10 === 9)
        made.git('merge', '-q', '-s', 'ours', '-m', 'm', commits[Math.max(0, index - 3)]!);
    }
    const holding = await refsHolding(await open(made), commits, { max: 3 });
    for (const commit of commits) {
      const said = made.git('for-each-ref', '--format=%(refname:short)', `--contains=${commit}`).split('\n');
      expect(holding.get(commit)).toEqual(
        said.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, 3),
      );
    }
  });
});
