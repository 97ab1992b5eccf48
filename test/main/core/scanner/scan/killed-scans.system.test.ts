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
  const cache = path.join(git.around, 'killed');
  const whole = await killAfter(cache, null);
  let killed = 0;
  let resumed = 0;
  for (let round = 0, fresh = true; killed < KILLS && round < 5 * KILLS; round++) {
    // Every third time from nothing; between, each scan goes on where the one before it was killed.
    if (fresh || round % 3 === 0) rmSync(cache, { recursive: true, force: true });
    // What was faster than its kill was none.
    fresh = (await killAfter(cache, random(round) * whole)) !== null;
    if (fresh) continue;
    killed++;
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
  console.info(
    `${killed} kills, ${resumed} of them with a part in the cache; a whole scan took ${Math.round(whole ?? 0)} ms`,
  );
  expect(killed).toBe(KILLS);
  // The test would show nothing if every kill came too early or too late.
  expect(resumed).toBeGreaterThan(KILLS / 5);
}, 900_000);

/**
 * Kills the process so many milliseconds after it has said its first word. `null`: it was killed; else the
 * milliseconds from its first word to its last.
 */
function killAfter(cacheDir: string, ms: null): Promise<number>;
function killAfter(cacheDir: string, ms: number): Promise<number | null>;
function killAfter(cacheDir: string, ms: number | null): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, git.path, cacheDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let last = '';
    let from = 0;
    let until = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      last = text.trim().split('\n').at(-1) ?? last;
      until = performance.now();
      if (from > 0) return;
      from = until;
      if (ms !== null) setTimeout(() => child.kill('SIGKILL'), ms);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (last === 'done') resolve(until - from);
      else if (code === null) resolve(null);
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
