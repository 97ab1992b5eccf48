// The real Electron, wherever its binary is: the built app starts, answers over ipc and streams the Demo. It cannot be
// downloaded everywhere; then this file says that it was left out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildElectron, buildRenderer } from '../scripts/build.ts';

/** By the file system only: importing the package would start a download. */
function electronBinary(): string | null {
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist');
  const name = path.join(folder, 'path.txt');
  if (!existsSync(name)) return null;
  const file = path.join(dist, readFileSync(name, 'utf8').trim());
  return existsSync(file) ? file : null;
}

const binary = electronBinary();
const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
const missing =
  binary === null ? "Electron's binary is not here" : display ? null : 'there is no display (use xvfb-run)';
if (missing) console.log(`Skipped: the app in real Electron, because ${missing}.`);

describe.skipIf(missing !== null)('the app in real Electron', () => {
  let app: ElectronApplication;
  let page: Page;
  let dataDir: string;
  beforeAll(async () => {
    await buildRenderer();
    await buildElectron();
    dataDir = mkdtempSync(path.join(tmpdir(), 'keybench-electron-'));
    app = await _electron.launch({
      executablePath: binary ?? '',
      args: ['.', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
      env: { ...(process.env as Record<string, string>), KEYBENCH_DATA_DIR: dataDir },
    });
    page = await app.firstWindow();
    await page.locator('main').first().waitFor();
  });
  afterAll(async () => {
    await app?.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('gives the page two functions and nothing of Node', async () => {
    const found = await page.evaluate(() => ({
      host: Object.keys((window as unknown as { host: object }).host),
      node: typeof (globalThis as { process?: unknown }).process,
      require: typeof (globalThis as { require?: unknown }).require,
      origin: location.origin,
    }));
    expect(found).toEqual({
      host: ['post', 'onFrame'],
      node: 'undefined',
      require: 'undefined',
      origin: 'app://keybench',
    });
  });

  it('streams an answer of the Demo and keeps it', async () => {
    await page.keyboard.press('Control+Enter');
    const response = page.getByRole('region', { name: 'Response', exact: true });
    await response.getByText('Done', { exact: true }).first().waitFor();
    expect(existsSync(path.join(dataDir, 'keybench.db'))).toBe(true);
  });

  it('does not leave its page', async () => {
    await page.evaluate(() => {
      location.href = 'https://example.com/';
      window.open('https://example.com/');
    });
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => location.origin)).toBe('app://keybench');
    expect(app.windows()).toHaveLength(1);
  });

  it('hands a second start over to the first', () => {
    const second = spawnSync(binary ?? '', ['.', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])], {
      env: { ...process.env, KEYBENCH_DATA_DIR: dataDir },
      timeout: 30_000,
    });
    expect(second.status).toBe(0);
    expect(app.windows()).toHaveLength(1);
  });
});
