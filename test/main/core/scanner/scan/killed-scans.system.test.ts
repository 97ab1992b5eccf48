// A scan whose process is killed at any moment leaves a cache that the next scan can believe.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';
import { anthropicKey, type Scanned, scan } from '../../../../support/scanning.ts';

const KILLS = 50;
const COMMITS = 900;
const CHILD = path.join(import.meta.dirname, 'scan-child.ts');

let git: GitRepo;
let expected: Scanned;

beforeAll(async () => {
  git = createRepo({ bare: true });
  git.run(['fast-import', '--quiet'], { input: history() });
  expected = await scan(git.path);
});
afterAll(() => git.remove());

it(`is valid after each of ${KILLS} kills, and the next scan is complete and equal`, async () => {
  expect(expected.findings.length).toBeGreaterThan(100);
  let killed = 0;
  let resumed = 0;
  const cache = path.join(git.around, 'killed');
  for (let round = 0; round < KILLS; round++) {
    // Every third time from nothing; between, each scan goes on where the one before it was killed.
    if (round % 3 === 0) rmSync(cache, { recursive: true, force: true });
    if ((await scanAndKill(cache, random(round), random(round + KILLS) * 150)) === 'killed') killed++;
    const copy = path.join(git.around, 'copy');
    rmSync(copy, { recursive: true, force: true });
    if (existsSync(cache)) cpSync(cache, copy, { recursive: true });
    const next = await scan(git.path, { cacheDir: copy });
    expect(next.findings, `round ${round}`).toEqual(expected.findings);
    const { scanned, cached } = next.summary.counts;
    expect(scanned + cached, `round ${round}`).toBe(expected.summary.counts.scanned);
    expect(next.summary.issues, `round ${round}`).toEqual([]);
    if (cached > 0 && scanned > 0) resumed++;
  }
  // The test would show nothing if every kill came too early or too late.
  expect(killed).toBeGreaterThan(KILLS / 2);
  expect(resumed).toBeGreaterThan(KILLS / 5);
}, 900_000);

/** Kills the process so many milliseconds after it has told of `share` of its progress. Resolves with how it ended. */
function scanAndKill(cacheDir: string, share: number, ms: number): Promise<'done' | 'killed'> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, git.path, cacheDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let last = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      last = text.trim().split('\n').at(-1) ?? last;
      // A third of them at the beginning, before anything was read.
      if (Number(last) >= share * 1.5 - 0.5) setTimeout(() => child.kill('SIGKILL'), ms);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (last === 'done') resolve('done');
      else if (code === null) resolve('killed');
      else reject(new Error(`The child ended with ${code}: ${last}`));
    });
  });
}

/** Commits of 40 KB each, every second one with a key that the next takes away. */
function history(): string {
  const parts: string[] = [];
  for (let at = 0; at < COMMITS; at++) {
    const key = at % 2 === 0 ? `key = ${anthropicKey(at + 1)}\n` : '';
    const content = `${key}${text(at)}`;
    const message = `commit ${at}\n`;
    parts.push(
      `commit refs/heads/main\ncommitter Ada <ada@example.com> ${1_700_000_000 + at} +0000\n`,
      `data ${Buffer.byteLength(message)}\n${message}`,
      `M 100644 inline dir${at % 7}/file${at % 30}.txt\ndata ${Buffer.byteLength(content)}\n${content}\n`,
    );
  }
  return parts.join('');
}

function text(seed: number): string {
  const words: string[] = [];
  for (let at = 0; at < 8000; at++) words.push((((at + 1) * (seed + 13) * 2654435761) % 99991).toString(36));
  return words.join(at8(seed));
}

const at8 = (seed: number): string => (seed % 3 === 0 ? '\n' : ' ');

/** 0 to 1, the same in every run. */
function random(seed: number): number {
  return ((Math.imul(seed + 1, 0x9e3779b1) >>> 0) % 1000) / 1000;
}
