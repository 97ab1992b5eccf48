import { describe, expect, it, onTestFinished } from 'vitest';
import { locate } from '../../../../../main/core/scanner/git/locate.ts';
import { createRepo } from '../../../../support/git-repo.ts';
import { open } from './contents.ts';

describe('dates that no calendar has', () => {
  it('are told as the beginning of time', async () => {
    const made = createRepo();
    onTestFinished(() => made.remove());
    made.write('a.txt', 'content');
    made.commit('first');
    const tree = made.git('rev-parse', 'HEAD^{tree}');
    const raw = (type: string, text: string) =>
      made
        .run(['hash-object', '-t', type, '-w', '--stdin', '--literally'], { input: text })
        .toString()
        .trim();
    const late = `Ada <ada@example.com> ${'9'.repeat(17)} +0000`;
    const commit = raw('commit', `tree ${tree}\nauthor ${late}\ncommitter ${late}\n\nlate\n`);
    const tag = raw(
      'tag',
      `object ${commit}\ntype commit\ntag t\ntagger Ada <ada@example.com> ${'9'.repeat(400)} +0000\n\ntext\n`,
    );
    made.git('update-ref', 'refs/heads/late', commit);
    made.git('update-ref', 'refs/tags/t', tag);
    const { objects } = await locate(await open(made), [commit, tag]);
    expect([commit, tag].map((oid) => objects.get(oid)?.places.map(({ at }) => at))).toEqual([[0], [0]]);
  });
});
