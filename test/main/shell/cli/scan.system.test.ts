// keybench scan as a user types it, on real repositories with keys that are made up for the test.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../main/core/history/database.ts';
import { watchCpuWait } from '../../../support/cpu-wait.ts';
import { createRepo, type GitRepo } from '../../../support/git-repo.ts';
import { anthropicKey } from '../../../support/scanning.ts';
import { startCli, startInTerminal } from './scan-process.ts';

const SECRET = anthropicKey(20_261);
let home: string;
let dirty: GitRepo;
let clean: GitRepo;
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'keybench-scan-'));
  dirty = createRepo({ name: 'dirty' });
  dirty.write('src/config.ts', `export const key = "${SECRET}";\n`);
  dirty.commit('Add a key');
  dirty.write('src/config.ts', 'export const key = process.env.KEY;\n');
  dirty.write('.gitignore', '.env\n');
  dirty.commit('Take it out');
  clean = createRepo({ name: 'clean' });
  clean.write('README.md', '# Nothing here\n');
  clean.write('.gitignore', '.env\n');
  clean.commit('One');
  clean.write('.env', `KEY=${SECRET}\n`);
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  dirty.remove();
  clean.remove();
});

const env = (data = 'data') => ({ HOME: home, KEYBENCH_DATA_DIR: path.join(home, data) });
const run = (...args: string[]) => startCli(['scan', ...args], env()).ended;
const file = (name: string) => path.join(home, name);

describe('the result', () => {
  it('is text with one line per finding, the secret masked, and 1', async () => {
    const { code, out, err } = await run(dirty.path);
    expect(err).toBe('');
    expect(code).toBe(1);
    expect(out).toMatch(/HIGH {2}1\n +anthropic-api-key {2}sk-a··\S{4} {2}src\/config\.ts:1 +[0-9a-f]{7}/);
    expect(out).toMatch(/1 finding\.\n +\d+ contents looked at/);
    expect(out).not.toContain(SECRET.slice(10, 30));
  });

  it('is 0 for a clean repository; what git ignores is told but no finding', async () => {
    const { code, out } = await run(clean.path);
    expect(code).toBe(0);
    expect(out).toContain('No findings.');
    expect(out).toMatch(/LOCAL ONLY, NOT COMMITTED {2}1\n.*\.env:1/);
  });

  it('is JSON, CSV or SARIF on demand, each complete', async () => {
    for (const args of [['--format', 'json'], ['--json']]) {
      const { code, out } = await run(dirty.path, ...args);
      expect(code).toBe(1);
      const [repository] = JSON.parse(out).repositories;
      expect(repository.findings).toMatchObject([
        { rule: 'anthropic-api-key', path: 'src/config.ts', line: 1 },
      ]);
      expect(repository.findings[0].refs).toEqual(['main']);
      expect(repository.findings[0].commit).toBe(dirty.git('rev-list', '--max-parents=0', 'HEAD'));
    }
    const csv = await run(dirty.path, '--format', 'csv');
    expect(csv.out.split('\r\n')[1]).toContain('anthropic-api-key');
    const sarif = JSON.parse((await run(dirty.path, '--format', 'sarif')).out);
    expect(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('src/config.ts');
  });

  it('goes to a file that only the user can read, whole, and nothing to standard output', async () => {
    const { code, out, err } = await run(dirty.path, '--format', 'sarif', '--output', file('report.sarif'));
    expect([code, out, err]).toEqual([1, '', '']);
    expect(statSync(file('report.sarif')).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file('report.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readdirSync(home).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is of all repositories in a folder, each once', async () => {
    const folder = file('many');
    for (const name of ['a', 'b'])
      dirty.run(['clone', '-q', dirty.path, path.join(folder, name)], { env: { GIT_TERMINAL_PROMPT: '0' } });
    const { code, out } = await run(folder, path.join(folder, 'a', 'src'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).repositories.map(({ name }: { name: string }) => name)).toEqual(['a', 'b']);
  });

  it('depends on --fail-on', async () => {
    for (const [which, expected] of [
      ['any', 1],
      ['high', 1],
      ['none', 0],
    ] as const)
      expect((await run(dirty.path, '--fail-on', which)).code).toBe(expected);
  });
});

describe('what is looked at', () => {
  it('only the working tree, only what is staged, or only commits since a revision', async () => {
    expect((await run(dirty.path, '--worktree')).code).toBe(0);
    expect((await run(dirty.path, '--staged')).code).toBe(0);
    expect((await run(dirty.path, '--since', 'HEAD')).code).toBe(0);
    expect((await run(dirty.path, '--since', 'HEAD~1')).code).toBe(0);
    const other = createRepo({ name: 'other' });
    try {
      other.write('new.txt', `${anthropicKey(7)}\n`);
      other.git('add', 'new.txt');
      const staged = await run(other.path, '--staged', '--json');
      expect(staged.code).toBe(1);
      expect(JSON.parse(staged.out).repositories[0].findings).toMatchObject([
        { path: 'new.txt', source: 'staged' },
      ]);
      expect((await run(other.path, '--worktree')).code).toBe(1);
    } finally {
      other.remove();
    }
  });

  it('less with --max-blob, and the report says so', async () => {
    const { out } = await run(dirty.path, '--max-blob', '10', '--no-cache');
    expect(out).toMatch(/too large/);
    expect(out).toContain('not everything could be looked at');
  });

  it('the same with and without the cache, whatever the number of threads', async () => {
    const findings = async (...args: string[]) => {
      const { out } = await startCli(['scan', dirty.path, '--json', ...args], env('cache-test')).ended;
      return JSON.parse(out).repositories[0];
    };
    const plain = await findings('--no-cache', '--jobs', '1');
    const first = await findings();
    const second = await findings('--jobs', '3');
    expect(second.counts.cached).toBeGreaterThan(0);
    expect(plain.counts.cached).toBe(0);
    expect(first.findings).toEqual(plain.findings);
    expect(second.findings).toEqual(plain.findings);
    const kept = readdirSync(file('cache-test/scan-cache')).map((name) =>
      readFileSync(path.join(file('cache-test/scan-cache'), name), 'latin1'),
    );
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.join('')).not.toContain(SECRET.slice(10, 40));
  });

  it('more with --rules; a file of rules that is wrong ends with 2', async () => {
    const marker = `corp_${randomBytes(16).toString('hex')}`;
    clean.write('token.txt', `${marker}\n`);
    writeFileSync(
      file('rules.toml'),
      '[[rules]]\nid = "corp-token"\nprovider = "Corp"\ndescription = "Opens the office door."\nseverity = "medium"\nanchors = ["corp_"]\npattern = \'corp_[0-9a-f]{32}\'\n',
    );
    const found = await run(clean.path, '--worktree', '--rules', file('rules.toml'), '--json');
    expect(found.err).toBe('');
    expect(
      JSON.parse(found.out).repositories[0].findings.map(({ rule }: { rule: string }) => rule),
    ).toContain('corp-token');
    writeFileSync(file('wrong.toml'), 'this is [not toml');
    const wrong = await run(clean.path, '--rules', file('wrong.toml'));
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('wrong.toml');
    rmSync(path.join(clean.path, 'token.txt'));
  });
});

describe('a baseline', () => {
  it('is written, hides what it names, and keeps its reasons when it is written again', async () => {
    const base = file('baseline.json');
    const made = await run(dirty.path, '--baseline', base, '--update-baseline');
    expect(made.code).toBe(0);
    writeFileSync(base, readFileSync(base, 'utf8').replace('"reason":""', '"reason":"revoked in May"'));
    const used = await run(dirty.path, '--baseline', base);
    expect(used.code).toBe(0);
    expect(used.out).toContain('Not shown: 1 by the baseline');
    await run(dirty.path, '--baseline', base, '--update-baseline');
    expect(readFileSync(base, 'utf8')).toContain('revoked in May');
    expect((await run(clean.path, '--baseline', base, '--update-baseline')).code).toBe(0);
    expect(JSON.parse(readFileSync(base, 'utf8')).findings).toEqual([]);
  });

  it('that is missing or damaged ends with 2 and says what to do', async () => {
    const missing = await run(dirty.path, '--baseline', file('none.json'));
    expect(missing).toMatchObject({ code: 2, err: expect.stringMatching(/none\.json.*--update-baseline/) });
    writeFileSync(file('damaged.json'), '{');
    const damaged = await run(dirty.path, '--baseline', file('damaged.json'));
    expect(damaged).toMatchObject({ code: 2, err: expect.stringMatching(/damaged\.json.*not JSON/) });
  });
});

it('marks made in the app hold here, for the repository or everywhere', async () => {
  const { out } = await run(dirty.path, '--json');
  const { fingerprint } = JSON.parse(out).repositories[0].findings[0];
  const data = file('marked');
  const database = openDatabase(data, { clock: { now: Date.now, mono: () => 0 } });
  const marked = () => startCli(['scan', dirty.path], env('marked')).ended;
  database.db.exec(`INSERT INTO scan_repos VALUES ('r', '${dirty.path}', 'dirty', 1, 0, NULL, NULL);
    INSERT INTO finding_marks VALUES ('${fingerprint}', 'other', 'accepted', '', 1);`);
  expect((await marked()).code).toBe(1);
  database.db.exec("UPDATE finding_marks SET repo_id = 'r'");
  const held = await marked();
  expect(held.code).toBe(0);
  expect(held.out).toContain('Not shown: 1 marked in the app');
  database.db.exec("UPDATE finding_marks SET repo_id = ''");
  expect((await marked()).code).toBe(0);
  database.close();
});

describe('in a terminal', () => {
  it('--show-secrets warns and shows; progress is wiped before the report', async () => {
    const { out } = await startInTerminal(['scan', dirty.path, '--show-secrets'], env()).ended;
    expect(out).toContain(SECRET);
    expect(out.indexOf('Beware')).toBeLessThan(out.indexOf(SECRET));
  });

  it('without it shows none', async () => {
    const { out } = await startInTerminal(['scan', dirty.path], env()).ended;
    expect(out).toContain('1 finding.');
    expect(out).not.toContain(SECRET.slice(10, 40));
  });
});

describe('Ctrl C', () => {
  it('ends a running scan at once with 130, and what was read stays in the cache', async () => {
    const big = createRepo({ name: 'big' });
    for (let n = 0; n < 40; n++) big.write(`${n}.bin`, randomBytes(1 << 20).toString('base64'));
    big.commit('Large');
    try {
      const { child, ended } = startCli(['scan', big.path, '--jobs', '1'], env('stopped'));
      const cache = file('stopped/scan-cache');
      const begun = () => {
        try {
          return readdirSync(cache).some((name) => statSync(path.join(cache, name)).size > 0);
        } catch {
          return false;
        }
      };
      await expect.poll(begun, { timeout: 60_000, interval: 5 }).toBe(true);
      const waited = watchCpuWait();
      const at = performance.now();
      child.kill('SIGINT');
      const { code, out } = await ended;
      const ms = performance.now() - at;
      console.log(`ended ${Math.round(ms)} ms after Ctrl C`);
      expect([code, out]).toEqual([130, '']);
      expect(ms - waited()).toBeLessThan(200);
      const again = await startCli(['scan', big.path, '--json'], env('stopped')).ended;
      expect(again.code).toBe(0);
      const { scanned, cached } = JSON.parse(again.out).repositories[0].counts;
      // 40 contents, each in the history and in a file, and the commit.
      expect(scanned + cached).toBe(81);
    } finally {
      big.remove();
    }
  });
});
