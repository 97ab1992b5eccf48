// What a person sees of one finding, over real repositories and a real scan.
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Scrubber } from '../../../../../main/core/keys/scrub.ts';
import { formsInFiles } from '../../../../../main/core/keys/secret-variants.ts';
import { findRepositories } from '../../../../../main/core/scanner/git/find-repositories.ts';
import { RULES } from '../../../../../main/core/scanner/rules/index.ts';
import { startScan } from '../../../../../main/core/scanner/scan/start-scan.ts';
import { createRepositoryFinder } from '../../../../../main/core/scanner/service/repository-finder.ts';
import type { FindingDetail, ScanProfile } from '../../../../../preload/contract/scanner.ts';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';
import { anthropicKey } from '../../../../support/scanning.ts';
import { createRig, FILTER, type Rig } from './rig.ts';

const SECRET = anthropicKey(1);
const OTHER = anthropicKey(2);
/** Of no known format. */
const STORED = ['CANARY', 'plain', 'words', 'of', 'a', 'key', '4711'].join('_');
let git: GitRepo;
let rig: Rig;
let repoId: string;
const scrubber = new Scrubber();

beforeEach(async () => {
  git = createRepo();
  scrubber.add(STORED, 'work');
  rig = createRig({
    startScan,
    scrubber,
    finder: createRepositoryFinder(findRepositories),
    rules: () => RULES,
    userConfig: userConfig(),
    keys: {
      forScanner: async () => ({
        pepper: null,
        keys: [{ id: keyId, name: 'work', secret: STORED, forms: formsInFiles(STORED), fingerprint: 'p:1' }],
      }),
      onChange: () => () => {},
    },
  });
  keyId = rig.addKey({ name: 'work', fingerprint: 'p:1' });
});
let keyId = '';
const userConfig = () => path.join(git.around, 'rules.toml');
afterEach(async () => {
  await rig.service.close();
  rig.db.close();
  git.remove();
});

async function scan(profile: ScanProfile = 'history'): Promise<void> {
  const { added, already } = await rig.service.add(git.path, new AbortController().signal);
  repoId = (added[0] ?? already[0])!.id;
  rig.service.start([repoId], profile, false);
  await expect.poll(() => rig.service.running(), { timeout: 60_000 }).toBe(0);
  expect(rig.service.state().repos[0]?.lastScan).toMatchObject({ state: 'done', error: '' });
}
const rows = () =>
  rig.service.findings({
    filter: { ...FILTER, state: 'all' },
    sort: 'path',
    descending: false,
    offset: 0,
    limit: 200,
  }).rows;
async function detailOf(wanted: { path?: string; source?: string }): Promise<FindingDetail> {
  const row = rows().find(
    (one) =>
      (wanted.path === undefined || one.path === wanted.path) &&
      (wanted.source === undefined || one.source === wanted.source),
  );
  expect(row, JSON.stringify(rows().map(({ path: at, source }) => [at, source]))).toBeDefined();
  const detail = await rig.service.finding(row!.id);
  expect(JSON.stringify(detail)).not.toContain(SECRET.slice(8, 40));
  expect(JSON.stringify(detail)).not.toContain(OTHER.slice(8, 40));
  expect(JSON.stringify(detail)).not.toContain(STORED);
  return detail;
}
const texts = ({ context }: FindingDetail) => context.lines.map(({ line, text }) => `${line} ${text}`);

describe('the lines around it', () => {
  it('are read from the commit, every secret masked, stored keys of no known format too', async () => {
    git.write(
      'src/a.ts',
      `one\ntwo ${OTHER}\nkey = "${SECRET}";\nstored ${STORED}\nfive\nsix\nseven\neight\n`,
    );
    const commit = git.commit('Add');
    git.git('tag', 'v1');
    git.git('rm', '-q', 'src/a.ts');
    git.commit('Remove');
    await scan();
    const detail = await rig.service.finding(rows().find(({ line }) => line === 3)!.id);
    expect(texts(detail)).toEqual([
      '1 one',
      expect.stringMatching(/^2 two sk-a··/),
      expect.stringMatching(/^3 key = "sk-a··\S{4}";$/),
      expect.stringMatching(/^4 stored .*··/),
      '5 five',
      '6 six',
      '7 seven',
    ]);
    for (const { text, masked } of detail.context.lines)
      for (const [from, to] of masked) expect(text.slice(from, to)).toMatch(/··|\[key:/);
    expect(detail.row).toMatchObject({ commit, present: false, path: 'src/a.ts' });
    expect(detail.refs).toEqual(['v1', 'main']);
    expect(detail.email).toBe('ada@example.com');
    await detailOf({ path: 'src/a.ts' });
  });

  it('are read from the working tree for what is not committed, under any name', async () => {
    const name = Buffer.from('caf\xe9 "q".env', 'latin1');
    git.write(name, `A=1\r\nKEY=${SECRET}\r\n`);
    await scan('worktree');
    const detail = await detailOf({ path: 'caf\\xe9 "q".env' });
    expect(texts(detail)).toEqual(['1 A=1', expect.stringMatching(/^2 KEY=sk-a··\S{4}$/)]);
    expect(detail.steps.purge).toBeNull();
  });

  it('are not shown once the file has changed: nothing unmasked is at hand by accident', async () => {
    git.write('.env', `KEY=${SECRET}\n`);
    await scan('worktree');
    git.write('.env', 'KEY=something else entirely\n');
    const changed = await detailOf({ path: '.env' });
    expect(changed.context).toEqual({ lines: [], problem: expect.stringMatching(/Scan again/) });
    rmSync(path.join(git.path, '.env'));
    expect((await detailOf({ path: '.env' })).context.problem).toMatch(/cannot be read/);
    git.remove();
    expect((await detailOf({ path: '.env' })).context.problem).not.toBe('');
  });

  it('are masked by rules that the person has switched off, too', async () => {
    git.write('a.txt', `key = ${SECRET}\nother = ${OTHER}\n`);
    git.commit('Add');
    await scan();
    writeFileSync(userConfig(), '[scan]\ndisable = ["anthropic-api-key"]\n');
    const detail = await detailOf({ path: 'a.txt' });
    expect(texts(detail)).toEqual([
      expect.stringMatching(/^1 key = sk-a··/),
      expect.stringMatching(/^2 other = sk-a··/),
    ]);
  });

  it('come with the refs that hold the commit, which may be named like a key', async () => {
    git.write('a.txt', `key = ${SECRET}\n`);
    git.commit('Add');
    await scan();
    rig.db.exec("UPDATE findings SET refs = '[]'");
    git.git('branch', OTHER);
    const { refs } = await detailOf({ path: 'a.txt' });
    expect(refs).toEqual(['main', expect.stringMatching(/^sk-a··/)]);
  });

  it('are of a part of a file of megabytes, masked all the same', async () => {
    const filler = `const x = "${'a1 '.repeat(20)}";\n`;
    const many = filler.repeat(20_000);
    git.write('big.js', `${many}k("${SECRET}")\n${many}`);
    git.write('min.js', `${many.replaceAll('\n', ' ')}k("${SECRET}")${many.replaceAll('\n', ' ')}`);
    git.commit('Large');
    await scan();
    const big = await detailOf({ path: 'big.js' });
    expect(big.context.lines.map(({ line }) => line)).toEqual(
      Array.from({ length: 9 }, (_, n) => 19_997 + n),
    );
    expect(big.context.lines[4]?.text).toMatch(/^k\("sk-a··\S{4}"\)$/);
    const min = await detailOf({ path: 'min.js' });
    expect(min.context.lines).toHaveLength(1);
    expect(min.context.lines[0]?.text).toMatch(/k\("sk-a··\S{4}"\)/);
  });

  it('are decoded from UTF-16', async () => {
    git.write('wide.txt', Buffer.from(`\ufeffone\r\nkey ${SECRET}\r\n`, 'utf16le'));
    git.commit('Wide');
    await scan();
    expect(texts(await detailOf({ path: 'wide.txt' }))).toContainEqual(
      expect.stringMatching(/^2 key sk-a··/),
    );
  });

  it('are the text of a commit message', async () => {
    git.commit(`Deploy\n\nwith ${SECRET}`);
    await scan();
    const detail = await detailOf({ source: 'message' });
    expect(texts(detail)).toContainEqual(expect.stringMatching(/with sk-a··/));
    expect(detail.steps.purge?.command).toContain('--replace-message');
  });
});

describe('what to do', () => {
  it('revoke, and the exact command that takes it out of the history', async () => {
    git.write('a', `${SECRET}\n`);
    git.commit('Add');
    await scan();
    const { steps } = await detailOf({ path: 'a' });
    expect(steps.revoke).toMatch(/^https:\/\//);
    expect(steps.purge?.command).toBe(
      `git -C ${git.path} filter-repo --sensitive-data-removal --replace-text ${path.join(path.dirname(git.path), 'keybench-replace.txt')}`,
    );
    expect(steps.purge?.replaceText).toMatch(/^literal:sk-a··\S{4}==>REMOVED-BY-KEYBENCH\n$/);
    expect(steps.purge?.cannotUndo).toMatch(/^Revoke the secret first.*clones, forks, caches.*pull-request/);
  });

  it('where else it stands, and how much the stored key is used', async () => {
    rig.db.prepare('UPDATE keys SET uses = 7, last_used_at = 99').run();
    git.write('a', `${STORED}\n`);
    git.write('b/c', `x\n${STORED}\n`);
    git.commit('Add');
    await scan();
    const detail = await detailOf({ path: 'a' });
    expect(detail.row.key).toEqual({ id: keyId, name: 'work' });
    expect(detail.keyUse).toEqual({ uses: 7, lastUsedAt: 99 });
    expect(detail.alsoIn).toEqual([{ path: 'b/c', line: 2, commit: detail.row.commit }]);
    expect(rig.service.state().keys).toEqual([{ keyId, repos: 1, findings: 2 }]);
  });

  it('for what only the reflog or nothing names is to let git forget it', async () => {
    git.write('a', `${SECRET}\n`);
    git.commit('Add');
    git.git('checkout', '-q', '--orphan', 'fresh');
    git.git('rm', '-rfq', '.');
    git.commit('Empty');
    git.git('branch', '-D', '-q', 'main');
    await scan();
    const { steps } = await detailOf({ source: 'reflog' });
    expect(steps.purge?.command).toMatch(/reflog expire --expire=now .* gc --prune=now$/);
  });
});

it('a finding that is gone is NOT_FOUND', async () => {
  await expect(rig.service.finding(4711)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(rig.service.finding(-1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
