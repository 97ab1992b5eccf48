// Objects that something names and that are not there: never passed over in silence, and no reason to find nothing.
import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runScan } from '../../../../../main/core/scanner/scan/run-scan.ts';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';
import { anthropicKey, issueKinds, scan, scanRequest } from '../../../../support/scanning.ts';

let git: GitRepo;
beforeEach(() => {
  git = createRepo();
});
afterEach(() => git.remove());

const KEY = anthropicKey(1);

/** A clone whose contents were left at the server, as of three commits. */
function partialClone(): { folder: string; first: string } {
  git.git('config', 'uploadpack.allowFilter', 'true');
  git.write('a.txt', 'first\n');
  const first = git.commit('first');
  git.write('a.txt', `key = ${KEY}\n`);
  git.commit('second');
  git.write('a.txt', 'third\n');
  git.commit('third');
  const folder = path.join(git.around, 'partial');
  git.run(['clone', '-q', '--filter=blob:none', `file://${git.path}`, folder], { cwd: git.around });
  return { folder, first };
}

describe('a partial clone', () => {
  it('is scanned since a revision, and what was left at the server counts as missing', async () => {
    const { folder, first } = partialClone();
    const scanned = await scan(folder, { since: first });
    expect(scanned.summary.counts).toMatchObject({ missing: 1, unreadable: 0, files: 1 });
    expect(issueKinds(scanned)).toEqual(['partial', 'missing']);
  });

  it('tells of a staged content that was left at the server', async () => {
    const { folder } = partialClone();
    const oid = git.git('rev-parse', 'HEAD~1:a.txt');
    // Without GIT_NO_LAZY_FETCH git would get it.
    git.run(['update-index', '--cacheinfo', `100644,${oid},a.txt`], {
      cwd: folder,
      env: { GIT_NO_LAZY_FETCH: '1' },
    });
    const scanned = await scan(folder, { profile: 'staged' });
    expect(scanned.summary.counts).toMatchObject({ scanned: 0, missing: 1 });
    expect(scanned.summary.issues[0]).toMatchObject({ kind: 'nothing-scanned', harmless: false });
  });
});

describe('a repository that borrows from one that is gone', () => {
  it('is not an empty one', async () => {
    git.write('a.txt', `key = ${KEY}\n`);
    git.commit('first');
    const folder = path.join(git.around, 'borrower.git');
    execFileSync('git', ['clone', '-q', '--shared', '--bare', git.path, folder]);
    renameSync(path.join(git.gitDir, 'objects'), path.join(git.gitDir, 'elsewhere'));
    const scanned = await scan(folder);
    expect(scanned.summary.counts).toMatchObject({ scanned: 0, missing: 1 });
    expect(scanned.summary.issues.map(({ kind, harmless }) => [kind, harmless])).toEqual([
      ['nothing-scanned', false],
      ['missing', false],
    ]);
  });
});

describe('a branch whose commit is lost', () => {
  const lose = () =>
    writeFileSync(
      path.join(git.gitDir, 'refs/heads/lost'),
      `${'1'.repeat(git.git('rev-parse', 'HEAD').length)}\n`,
    );

  it('does not keep findings of other branches from their places and refs', async () => {
    git.write('a.txt', `key = ${KEY}\n`);
    const commit = git.commit('first');
    git.git('tag', '-a', '-m', 'v1', 'v1');
    lose();
    const scanned = await scan(git.path);
    expect(scanned.findings).toEqual([
      expect.objectContaining({ path: 'a.txt', commit, source: 'history', refs: ['v1', 'main'] }),
    ]);
    expect(scanned.summary.counts.missing).toBe(1);
    expect(issueKinds(scanned)).toEqual(['missing']);
  });

  it('is counted since a revision too', async () => {
    git.write('a.txt', 'first\n');
    const first = git.commit('first');
    git.write('b.txt', `key = ${KEY}\n`);
    git.commit('second');
    lose();
    const scanned = await scan(git.path, { since: first });
    expect(scanned.findings).toEqual([expect.objectContaining({ path: 'b.txt', source: 'history' })]);
    expect(issueKinds(scanned)).toEqual(['missing']);
  });
});

describe('a repository that is removed during its scan', () => {
  it('is no clean one', async () => {
    git.write('key.txt', KEY);
    const scanning = runScan(scanRequest(git.path, { profile: 'worktree' }), {
      blobWorker: 'not needed for so little',
      signal: new AbortController().signal,
      onProgress() {},
      onFound: () => git.remove(),
      onFeed() {},
    });
    await expect(scanning).rejects.toMatchObject({
      code: 'PATH_NOT_FOUND',
      message: expect.stringContaining('while it was scanned'),
    });
  });
});
