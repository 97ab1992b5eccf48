import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRepo, type GitRepo } from '../../../support/git-repo.ts';
import { anthropicKey } from '../../../support/scanning.ts';
import { startCli } from './scan-process.ts';

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

describe('what cannot be scanned', () => {
  it.each<[string, string[], RegExp]>([
    ['no path', [], /keybench scan \./],
    ['a path that is not there', ['/no/such/folder'], /no folder \/no\/such\/folder/],
    ['two profiles', ['.', '--staged', '--worktree'], /exclude each other/],
    ['since without history', ['.', '--staged', '--since', 'HEAD'], /--history/],
    ['an unknown format', ['.', '--format', 'xml'], /text, json, sarif or csv/],
    ['an unknown --fail-on', ['.', '--fail-on', 'low'], /any, high or none/],
    ['threads that are none', ['.', '--jobs', '0'], /1 to 64/],
    ['a size that is none', ['.', '--max-blob', 'huge'], /--max-blob/],
    ['an update of no baseline', ['.', '--update-baseline'], /--baseline FILE/],
    ['secrets into a pipe', ['.', '--show-secrets'], /terminal only/],
    ['secrets into a file', ['.', '--show-secrets', '--output', 'x'], /terminal only/],
    ['an unknown option', ['.', '--fast'], /--fast/],
  ])('%s ends with 2 and one sentence', async (_name, args, why) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(2);
    expect(`${out}${err}`).toMatch(why);
  });

  it('a folder without a repository, and an unknown revision, end with 2', async () => {
    mkdirSync(file('empty'), { recursive: true });
    expect(await run(file('empty'))).toMatchObject({
      code: 2,
      out: expect.stringMatching(/no git repository/),
    });
    expect(await run(dirty.path, '--since', 'no-such-branch')).toMatchObject({
      code: 2,
      out: expect.stringMatching(/no commit no-such-branch/),
    });
  });

  it('does not keep the others from being scanned, but ends with 2', async () => {
    const { code, out } = await run('/no/such/folder', dirty.path, '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out).repositories.map(({ findings }: { findings: [] }) => findings.length)).toEqual([
      0, 1,
    ]);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'a repository of another user is refused without a question, and named --trust',
    async () => {
      const other = createRepo({ name: 'theirs' });
      other.write('a', `${SECRET}\n`);
      other.commit('One');
      try {
        other.run(['-c', 'alias.x=!chown -R 12345 .', 'x']);
        expect(await run(other.path)).toMatchObject({
          code: 2,
          out: expect.stringMatching(/another user.*--trust/),
        });
        expect((await run(other.path, '--trust')).code).toBe(1);
      } finally {
        other.remove();
      }
    },
  );
  if (process.getuid?.() !== 0)
    console.log('Skipped: a repository of another user, because only root can make one.');
});
