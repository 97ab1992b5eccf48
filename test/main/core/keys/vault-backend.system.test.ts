// S8: SIGKILL at each step of a write, in a child process, 203 times.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { systemClock } from '../../../../main/core/clock.ts';
import { createVaultBackend } from '../../../../main/core/keys/vault-backend.ts';
import { cheapKdf, STEPS } from '../../../support/vault-writer.ts';

const WRITER = fileURLToPath(new URL('../../../support/vault-writer.ts', import.meta.url));
const PASSPHRASE = 'test passphrase';
const ROUNDS = 29;

const missing = process.platform === 'win32' ? 'Windows has no SIGKILL' : null;
if (missing) console.log(`Skipped: SIGKILL at each step of a vault write, because ${missing}.`);

const run = (args: string[]) =>
  new Promise<{ acknowledged: number[]; signal: string | null }>((resolve) => {
    execFile(process.execPath, [WRITER, ...args], (error, out) =>
      resolve({
        acknowledged: out.split('\n').filter(Boolean).map(Number),
        signal: error?.signal ?? null,
      }),
    );
  });

/** Kills one writer after the other at this step, and looks into the vault after each. Returns the kills. */
async function killAt(step: string, dir: string): Promise<number> {
  const file = join(dir, `${STEPS.indexOf(step)}.json`);
  const open = () => createVaultBackend({ file, clock: systemClock, kdf: cheapKdf });
  const first = open();
  await first.create(PASSPHRASE);
  const expected = new Map([1, 2, 3].map((n) => [n, 'value-0']));
  for (const [n, value] of expected) await first.set(`entry-${n}`, value);
  for (let round = 1; round <= ROUNDS; round++) {
    const fatal = 1 + (round % 3);
    const value = `value-${round}`;
    const { acknowledged, signal } = await run([file, step, String(fatal), value]);
    expect(signal, step).toBe('SIGKILL');
    expect(acknowledged).toEqual([1, 2, 3].filter((n) => n < fatal));
    for (const n of acknowledged) expected.set(n, value);
    // Nothing was said about the fatal write: it is wholly old before the rename and wholly new after it.
    if (STEPS.indexOf(step) >= STEPS.indexOf('renamed')) expected.set(fatal, value);
    const vault = open();
    await vault.unlock(PASSPHRASE);
    for (const [n, old] of expected) expect(await vault.get(`entry-${n}`), `${step}, entry ${n}`).toBe(old);
  }
  return ROUNDS;
}

it.skipIf(missing !== null)(
  '203 kills: the vault opens each time, and nothing acknowledged is lost',
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'keybench-vault-kill-'));
    try {
      const kills = await Promise.all(STEPS.map((step) => killAt(step, dir)));
      const total = kills.reduce((a, b) => a + b);
      console.log(
        `vault: ${total} kills, 0 corrupt, ${readdirSync(dir).length - STEPS.length} temporary files`,
      );
      expect(total).toBe(203);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
  600_000, // 203 processes take half a minute of processor time, and minutes on a busy machine
);
