import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { calls } from '../../../support/electron-stub.ts';

let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'keybench-electron-'));
  vi.stubEnv('KEYBENCH_DATA_DIR', dir);
  // From its source the shell finds no built window beside it, so this start fails.
  await import('../../../../main/shell/electron/main.ts');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true, force: true });
});

it('keeps one instance per data folder: the lock is taken where the data is', () => {
  const folder = path.join(dir, 'electron');
  const set = calls.indexOf(`setPath userData ${folder}`);
  expect(set).toBeGreaterThanOrEqual(0);
  expect(set).toBeLessThan(calls.indexOf('lock'));
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o077).toBe(0);
});

it('says why it could not start, and ends, so that the next start is not sent to it', async () => {
  await vi.waitFor(() => expect(calls.at(-1)).toBe('exit 1'), { timeout: 10_000 });
  expect(calls.at(-2)).toMatch(/^box Keybench could not start: \S/);
});
