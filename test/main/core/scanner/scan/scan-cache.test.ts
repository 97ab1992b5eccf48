// A second scan reads only what is new, says the same, and leaves nothing secret behind.
import { readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScanRequest } from '../../../../../main/core/scanner/model.ts';
import { RULES } from '../../../../../main/core/scanner/rules/index.ts';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';
import { anthropicKey, type Scanned, scan } from '../../../../support/scanning.ts';

let git: GitRepo;
let cacheDir: string;
beforeEach(() => {
  git = createRepo();
  cacheDir = path.join(git.around, 'cache');
});
afterEach(() => git.remove());

const KEY = anthropicKey(1);
const PEPPER = 'pepper-for-tests';
const again = (changes: Partial<ScanRequest> = {}) =>
  scan(git.path, { cacheDir, pepper: PEPPER, ...changes });
const files = () => readdirSync(cacheDir).map((name) => path.join(cacheDir, name));
const file = () => {
  const [only, ...others] = files();
  expect(others).toEqual([]);
  return only ?? '';
};
/** So that a file of the work tree does not count as changed a moment ago. */
const settle = (...names: string[]) => {
  for (const name of names) utimesSync(path.join(git.path, name), 1_700_000_000, 1_700_000_000);
};
const numbers = ({ summary }: Scanned) => {
  const { scanned, cached, binary } = summary.counts;
  return { scanned, cached, binary };
};

function seed() {
  git.write('a.txt', `key = ${KEY}\n`);
  git.commit('first');
  git.write('a.txt', 'clean\n');
  git.write('b.bin', new Uint8Array([1, 0, 2, 0, 0, 7]));
  git.commit(`second ${anthropicKey(2)}`);
}

describe('a second scan', () => {
  it('reads no object again and finds the same', async () => {
    seed();
    const first = await again();
    const second = await again();
    expect(numbers(first)).toEqual({ scanned: 7, cached: 0, binary: 2 });
    // Files that were written a moment ago are read once more; their clock may be coarse.
    expect(second.summary.counts.scanned).toBeLessThanOrEqual(2);
    expect(second.summary.counts.scanned + second.summary.counts.cached).toBe(7);
    expect(second.summary.counts.binary).toBe(2);
    expect(second.findings).toEqual(first.findings);
    expect(first.findings).toHaveLength(2);
  });

  it('reads only what a new commit has brought', async () => {
    seed();
    await again();
    git.write('c.txt', `key = ${anthropicKey(3)}\n`);
    git.commit('third');
    const { summary, findings } = await again({ ignored: false });
    const objects = summary.counts.scanned - summary.counts.files + summary.counts.cached;
    expect(objects).toBeGreaterThanOrEqual(2);
    expect(summary.counts.cached).toBeGreaterThanOrEqual(5);
    expect(findings).toHaveLength(3);
  });

  it('sees that what was staged is committed now', async () => {
    seed();
    git.write('c.txt', `key = ${anthropicKey(3)}\n`);
    git.git('add', '--all');
    const staged = await again();
    expect(staged.findings.map(({ source }) => source).sort()).toEqual(['history', 'message', 'staged']);
    const commit = git.commit('third');
    const committed = await again();
    expect(committed.findings.find(({ path: at }) => at === 'c.txt')).toMatchObject({
      source: 'history',
      commit,
    });
  });

  it('sees that a commit was dropped', async () => {
    seed();
    await again();
    const first = git.git('rev-parse', 'HEAD~1');
    git.git('reset', '-q', '--hard', first);
    git.git('branch', 'other', 'HEAD');
    const { findings } = await again();
    expect(findings.map(({ source, refs }) => [source, refs])).toEqual([
      ['message', []],
      ['history', ['main', 'other']],
    ]);
  });

  it('does not read a file of the work tree again until it changes, and then does', async () => {
    git.write('a.txt', 'clean\n');
    git.write('b.txt', 'clean\n');
    const first = await again({ profile: 'worktree' });
    expect(numbers(first)).toMatchObject({ scanned: 2, cached: 0 });
    await expect
      .poll(async () => (await again({ profile: 'worktree' })).summary.counts.cached, { interval: 500 })
      .toBe(2);
    const before = statSync(path.join(git.path, 'a.txt'));
    git.write('a.txt', KEY);
    truncateSync(path.join(git.path, 'a.txt'), KEY.length);
    utimesSync(path.join(git.path, 'a.txt'), before.atime, before.mtime);
    const second = await again({ profile: 'worktree' });
    expect(second.findings).toHaveLength(1);
    expect(numbers(second)).toMatchObject({ scanned: 1, cached: 1 });
  });

  it('reads all again for other rules, other known keys and another pepper, and keeps both', async () => {
    seed();
    settle('a.txt', 'b.bin');
    await again();
    const changes: Partial<ScanRequest>[] = [
      { pepper: 'another' },
      { rules: { configs: [], enable: [], disable: [RULES[0]?.id ?? ''] } },
      { knownKeys: [{ id: 'k1', name: 'k', secret: 'not-in-there-1234', forms: ['not-in-there-1234'] }] },
    ];
    for (const change of changes) expect((await again(change)).summary.counts.cached).toBe(0);
    expect(files().length).toBeGreaterThan(1);
    expect(files().length).toBeLessThanOrEqual(3);
  });

  it('reads contents with findings again when the secrets are to be shown', async () => {
    seed();
    await again();
    const { findings } = await again({ reveal: true });
    expect(findings.map(({ revealed }) => revealed?.secret).sort()).toEqual([KEY, anthropicKey(2)].sort());
    expect(readFileSync(file()).includes(KEY)).toBe(false);
  });
});

describe('the file', () => {
  it('belongs to its user alone', async () => {
    seed();
    await again();
    expect(statSync(cacheDir).mode & 0o777).toBe(0o700);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('holds no secret in any form', async () => {
    seed();
    const known = 'hunter2-in-no-format';
    git.write('known.txt', `x ${known} y`);
    git.commit('known');
    await again({ knownKeys: [{ id: 'k1', name: 'k', secret: known, forms: [known] }] });
    const bytes = readFileSync(file());
    for (const secret of [KEY, anthropicKey(2), known])
      for (const form of formsOf(secret)) expect(bytes.includes(form)).toBe(false);
    expect(bytes.includes('a.txt')).toBe(true);
  });

  it('is used up to the first damaged byte, and made whole again', async () => {
    seed();
    const first = await again();
    const whole = readFileSync(file());
    const damages: [string, Buffer][] = [
      ['cut', whole.subarray(0, whole.length - 3)],
      ['cut in its first record', whole.subarray(0, 5)],
      ['flipped', flipped(whole, whole.length >> 1)],
      ['long tail', Buffer.concat([whole, Buffer.alloc(500, 7)])],
      ['empty', Buffer.alloc(0)],
      ['another file', Buffer.from('something else entirely')],
    ];
    for (const [name, bytes] of damages) {
      writeFileSync(file(), bytes);
      expect((await again()).findings, name).toEqual(first.findings);
      const healed = await again();
      expect(healed.findings, name).toEqual(first.findings);
      expect(healed.summary.counts.scanned, name).toBeLessThanOrEqual(2);
    }
  });

  it('is done without when it cannot be written', async () => {
    seed();
    writeFileSync(cacheDir, 'a file where the folder should be');
    expect((await again()).findings).toHaveLength(2);
  });

  it('does not follow a link and does not wait for a pipe in its place', async () => {
    seed();
    await again();
    const target = path.join(git.around, 'target');
    writeFileSync(target, 'precious');
    const name = file();
    git.run(['version']);
    const { execFileSync } = await import('node:child_process');
    execFileSync('ln', ['-sf', target, name]);
    expect((await again()).findings).toHaveLength(2);
    expect(readFileSync(target, 'utf8')).toBe('precious');
    execFileSync('rm', [name]);
    execFileSync('mkfifo', [name]);
    expect((await again()).findings).toHaveLength(2);
  });

  it('is shared by worktrees of one repository', async () => {
    seed();
    await again();
    const linked = path.join(git.around, 'linked');
    git.git('worktree', 'add', '-q', linked, 'HEAD~1');
    const { summary, findings } = await scan(linked, { cacheDir, pepper: PEPPER });
    expect(summary.counts.cached).toBe(5);
    expect(findings).toHaveLength(2);
    expect(file()).not.toBe('');
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}

function formsOf(secret: string): (string | Buffer)[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString('hex'),
    Buffer.from(secret, 'utf16le'),
    ...[0, 1, 2].map((skip) => bytes.subarray(skip).toString('base64').slice(0, -4)),
  ];
}
