// A configuration file that is all wrong must not fill the list of what to know about a scan.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';
import { anthropicKey, scan } from '../../../../support/scanning.ts';

let git: GitRepo;
beforeEach(() => {
  git = createRepo();
});
afterEach(() => git.remove());

it('tells some of the mistakes, and how many there are besides', async () => {
  git.write('.keybench.toml', '[[rules]]\nid = "no anchors"\n'.repeat(100));
  git.write('a.txt', anthropicKey(1));
  const { summary, findings } = await scan(git.path, { profile: 'worktree' });
  const config = summary.issues.filter(({ kind }) => kind === 'config');
  expect(config).toHaveLength(21);
  expect(config.at(-1)).toMatchObject({
    harmless: false,
    text: expect.stringMatching(/^80 more things are wrong/),
  });
  expect(findings).toHaveLength(1);
});
