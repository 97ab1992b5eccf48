// What a reader must know before trusting a result: repositories that are cut, damaged, empty, or that hide something.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
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
const looseFile = (git: GitRepo, oid: string) =>
  path.join(git.gitDir, 'objects', oid.slice(0, 2), oid.slice(2));

describe('a result that cannot be called clean', () => {
  it('of a shallow clone says so', async () => {
    const git = repo();
    git.write('a.txt', 'a\n');
    git.commit('first');
    git.write('a.txt', 'b\n');
    git.commit('second');
    const clone = path.join(git.around, 'shallow');
    git.git('clone', '-q', '--depth', '1', `file://${git.path}`, clone);
    const scanned = await scan(clone);
    expect(scanned.summary.issues).toEqual([
      { kind: 'shallow', harmless: false, text: expect.stringContaining('git fetch --unshallow') },
    ]);
    expect(scanned.summary.counts.commits).toBe(1);
    expect(issueKinds(await scan(clone, { profile: 'worktree' }))).toEqual([]);
  });

  it('of a partial clone says so and counts what was left at the server', async () => {
    const git = repo();
    git.git('config', 'uploadpack.allowFilter', 'true');
    for (const text of ['one', 'two', 'three']) {
      git.write('a.txt', text);
      git.commit(text);
    }
    const clone = path.join(git.around, 'partial');
    git.git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${git.path}`, clone);
    const scanned = await scan(clone);
    expect(issueKinds(scanned)).toEqual(['partial', 'missing']);
    expect(scanned.summary.counts.missing).toBe(3);
    expect(scanned.summary.issues.some(({ harmless }) => harmless)).toBe(false);
  });

  it('of a repository with lost and damaged objects counts them, and finds what is left', async () => {
    const git = repo();
    git.write('lost.txt', 'lost\n');
    git.write('broken.txt', 'broken\n');
    git.write('whole.txt', `key = ${KEY}\n`);
    git.commit('first');
    rmSync(looseFile(git, git.git('rev-parse', 'HEAD:lost.txt')));
    const broken = looseFile(git, git.git('rev-parse', 'HEAD:broken.txt'));
    rmSync(broken);
    writeFileSync(broken, 'no zlib stream');
    const scanned = await scan(git.path);
    expect(scanned.summary.counts).toMatchObject({ missing: 1, unreadable: 1 });
    expect(issueKinds(scanned)).toEqual(['missing', 'unreadable']);
    expect(scanned.findings).toEqual([expect.objectContaining({ path: 'whole.txt', present: true })]);
  });

  it('of a damaged pack counts what could not be read and goes on behind it', async () => {
    const git = repo();
    for (let file = 0; file < 30; file++) git.write(`f${file}.txt`, `${file} ${noise(file)}\n`);
    git.write('key.txt', `key = ${KEY}\n`);
    git.commit('first');
    git.git('repack', '-q', '-a', '-d');
    const packs = path.join(git.gitDir, 'objects/pack');
    const name = readdirSync(packs).find((one) => one.endsWith('.pack')) ?? '';
    const pack = readFileSync(path.join(packs, name));
    const offset = Number(
      git
        .git('verify-pack', '-v', path.join(packs, name.replace('.pack', '.idx')))
        .split('\n')
        .find((line) => line.startsWith(git.git('rev-parse', 'HEAD:f7.txt')))
        ?.split(/ +/)[4],
    );
    pack.fill(0xff, offset + 4, offset + 20);
    rmSync(path.join(packs, name));
    writeFileSync(path.join(packs, name), pack);
    const scanned = await scan(git.path);
    expect(scanned.summary.counts.unreadable).toBe(1);
    expect(scanned.findings).toHaveLength(1);
    expect(issueKinds(scanned)).toEqual(['unreadable']);
  });

  it('with contents over the limit counts them, of history and of the work tree', async () => {
    const git = repo();
    git.write('big.txt', `${'x\n'.repeat(3000)}${KEY}`);
    git.write('small.txt', 'small\n');
    git.commit('first');
    const scanned = await scan(git.path, { maxBlob: 5000 });
    expect(scanned.findings).toEqual([]);
    expect(scanned.summary.counts.tooBig).toBe(2);
    expect(issueKinds(scanned)).toEqual(['too-big']);
    expect((await scan(git.path, { maxBlob: 50_000 })).findings).toHaveLength(1);
  });

  it('that has scanned nothing is no clean one', async () => {
    const git = repo();
    git.write('a.txt', 'much too long\n');
    git.commit('first');
    const scanned = await scan(git.path, { profile: 'worktree', maxBlob: 3 });
    expect(scanned.summary.issues[0]).toMatchObject({ kind: 'nothing-scanned', harmless: false });
    const empty = await scan(repo().path);
    expect(empty.summary.issues).toEqual([
      { kind: 'nothing-scanned', harmless: true, text: expect.stringContaining('no commit and no file') },
    ]);
    expect((await scan(repo({ bare: true }).path)).summary.issues).toHaveLength(1);
  });

  it('with submodules and repositories within names them', async () => {
    const inner = repo({ name: 'inner' });
    inner.write('a.txt', KEY);
    inner.commit('inner');
    const git = repo();
    git.run(['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'sub']);
    git.commit('with a submodule');
    const scanned = await scan(git.path);
    expect(scanned.findings).toEqual([]);
    expect(scanned.summary.issues).toEqual([
      { kind: 'submodules', harmless: true, text: expect.stringMatching(/^sub is a submodule/) },
    ]);
  });
});

describe('what hides findings', () => {
  const ALLOW_ALL = "[[allow]]\npaths = ['.']\nreason = 'tests'\n";

  it("of the repository's own file is counted and told, not left out", async () => {
    const git = repo();
    git.write('.keybench.toml', ALLOW_ALL);
    git.write('a.txt', KEY);
    git.commit('hostile');
    const scanned = await scan(git.path);
    expect(scanned.findings).toEqual([expect.objectContaining({ path: 'a.txt', suppressed: 'repository' })]);
    expect(scanned.summary.issues).toEqual([
      { kind: 'suppressed', harmless: true, text: expect.stringMatching(/^1 finding was hidden/) },
    ]);
    const ignoring = await scan(git.path, { repositoryConfig: false });
    expect(ignoring.findings.map(({ suppressed }) => suppressed)).toEqual([null]);
    const bare = path.join(git.around, 'bare.git');
    git.git('clone', '-q', '--bare', git.path, bare);
    expect((await scan(bare)).findings.map(({ suppressed }) => suppressed)).toEqual(['repository']);
  });

  it("does not switch rules off for the repository's own file", async () => {
    const git = repo();
    git.write('.keybench.toml', "[scan]\ndisable = ['anthropic-api-key']\n");
    git.write('a.txt', KEY);
    git.commit('hostile');
    const { findings } = await scan(git.path);
    expect(findings.map(({ suppressed }) => suppressed)).toEqual(['repository']);
  });

  it('of a comment holds for the versions that have it', async () => {
    const git = repo();
    git.write('always.txt', `${KEY} # keybench:allow\n`);
    git.write('later.txt', `${anthropicKey(2)}\n`);
    git.commit('first');
    git.write('later.txt', `${anthropicKey(2)} # keybench:allow\n`);
    git.commit('second');
    const { findings } = await scan(git.path);
    expect(findings.map(({ path: at, suppressed }) => [at, suppressed])).toEqual([
      ['always.txt', 'inline'],
      ['later.txt', null],
    ]);
  });

  it("of the user's own configuration and of the baseline is no issue", async () => {
    const git = repo();
    git.write('a.txt', KEY);
    git.write('b.txt', anthropicKey(2));
    git.commit('first');
    const [, second] = (await scan(git.path)).findings;
    const scanned = await scan(git.path, {
      rules: {
        configs: [{ from: 'user', path: 'user.toml', text: "[[allow]]\npaths = ['^a\\.txt$']\n" }],
        enable: [],
        disable: [],
      },
      baseline: [second?.fingerprint ?? ''],
    });
    expect(scanned.findings.map(({ suppressed }) => suppressed)).toEqual(['user', 'baseline']);
    expect(scanned.summary.issues).toEqual([]);
  });

  it('is said to be wrong when it cannot be read', async () => {
    const git = repo();
    git.write('.keybench.toml', 'this is = = no toml');
    git.write('a.txt', KEY);
    git.commit('first');
    const scanned = await scan(git.path);
    expect(scanned.findings).toHaveLength(1);
    expect(issueKinds(scanned)).toEqual(['config']);
  });
});

function noise(seed: number): string {
  return Array.from({ length: 40 }, (_, at) => ((seed + 3) * (at + 7) * 2654435761).toString(36)).join(' ');
}
