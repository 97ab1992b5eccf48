// Keys of the OS keychain on the command line: found in any form without a rule, and never waited for in a commit.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchCpuWait } from '../../../support/cpu-wait.ts';
import { createRepo, type GitRepo } from '../../../support/git-repo.ts';
import { type Keyring, keyringMissing, startKeyring } from '../../../support/keyring.ts';
import { MAIN, startCli } from './scan-process.ts';

const missing = keyringMissing();
if (missing) console.log(`Skipped: stored keys on the command line, because ${missing}.`);

/** Of no format that a rule knows. */
const STORED = `CANARY.${randomBytes(18).toString('hex')}`;

describe.skipIf(missing !== null)('stored keys', () => {
  let keyring: Keyring;
  let repo: GitRepo;
  let data: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    data = mkdtempSync(path.join(tmpdir(), 'keybench-scan-keys-'));
    keyring = await startKeyring({ state: 'unlocked' });
    env = { ...keyring.env, KEYBENCH_DATA_DIR: data };
    const add = [
      'keys',
      'add',
      'work-plain',
      '--provider',
      'compatible',
      '--base-url',
      'https://api.example.com/v1',
    ];
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...add], {
      env: { PATH: process.env.PATH ?? '', ...env },
      input: STORED,
    });
    expect(status, String(stderr)).toBe(0);
    repo = createRepo();
    repo.write('plain.txt', `value ${STORED}\n`);
    repo.write('basic.txt', `Authorization: Basic ${Buffer.from(`user:${STORED}`).toString('base64')}\n`);
    repo.write('url.txt', `https://x.example/?k=${encodeURIComponent(STORED)}\n`);
    repo.commit('One');
  });
  afterAll(async () => {
    repo?.remove();
    await keyring?.close();
    rmSync(data, { recursive: true, force: true });
  });

  const scan = (...args: string[]) => startCli(['scan', repo.path, '--json', ...args], env).ended;
  const found = (out: string) =>
    JSON.parse(out).repositories[0].findings.map((one: { path: string; key: string | null }) => [
      one.path,
      one.key,
    ]);

  it('are found as they are and in base64, by name, masked', async () => {
    const { code, out } = await scan();
    expect(code).toBe(1);
    expect(found(out)).toEqual(
      expect.arrayContaining([
        ['basic.txt', 'work-plain'],
        ['plain.txt', 'work-plain'],
        ['url.txt', 'work-plain'],
      ]),
    );
    expect(out).not.toContain(STORED);
  });

  it('are found again through the cache, which holds none', async () => {
    const { out } = await scan();
    expect(found(out)).toContainEqual(['plain.txt', 'work-plain']);
    const folder = path.join(data, 'scan-cache');
    for (const name of readdirSync(folder))
      expect(readFileSync(path.join(folder, name)).includes(STORED.slice(8, 30))).toBe(false);
  });

  it('are not looked for with --no-known-keys', async () => {
    const { out } = await scan('--no-known-keys');
    expect(found(out).filter(([, key]: [string, string | null]) => key !== null)).toEqual([]);
  });

  it('stop a commit, and are counted as no use', async () => {
    const list = async () => JSON.parse((await startCli(['keys', 'list', '--json'], env).ended).out);
    const [{ uses: before }] = await list();
    repo.write('staged.txt', `${STORED}\n`);
    repo.git('add', 'staged.txt');
    // Patience: whether a busy machine answers in 120 ms is not what is asked here.
    const { code, out } = await startCli(['scan', repo.path, '--staged', '--json'], env).ended;
    expect(code).toBe(1);
    expect(found(out)).toEqual([['staged.txt', 'work-plain']]);
    expect(before).toBe(0);
    expect((await list())[0].uses).toBe(0);
    repo.git('rm', '-q', '-f', 'staged.txt');
  });

  it('of a keychain that hangs hold up no commit', async () => {
    repo.write('fine.txt', 'fine\n');
    repo.git('add', 'fine.txt');
    keyring.freeze();
    try {
      const waited = watchCpuWait();
      const at = performance.now();
      const { code, err } = await startCli(['scan', '--hook', repo.path], env).ended;
      const ms = performance.now() - at;
      console.log(`the check of a commit took ${Math.round(ms)} ms with a keychain that hangs`);
      expect([code, err]).toEqual([0, expect.stringMatching(/did not answer in time/)]);
      // Not the five seconds after which the keychain is given up elsewhere.
      expect(ms - waited()).toBeLessThan(2000);
    } finally {
      keyring.thaw();
    }
  });
});
