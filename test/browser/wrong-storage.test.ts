// A data folder that cannot hold data: a file that is no database, a folder that is a file, one that may not be written,
// a full disk. Each is said in one sentence with what to do; the window works; nothing that was there is lost.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { type AppWindow, openAppWindow, type RunningApp, startApp } from '../support/running-app.ts';
import { violationsInBothThemes } from './support/accessible.ts';
import { ended, goTo, output, send, setModel } from './support/screens.ts';

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
if (!canMount)
  console.log('Skipped: a read-only and a full disk are mounted for the test, which needs root on Linux.');

const folders: string[] = [];
const disks: string[] = [];
let app: RunningApp | undefined;
let window: AppWindow | undefined;

afterEach(async () => {
  await window?.close();
  await app?.stop('SIGTERM');
  window = undefined;
  app = undefined;
  for (const disk of disks.splice(0)) execFileSync('umount', ['-l', disk]);
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function folder(): string {
  const made = fs.mkdtempSync(path.join(tmpdir(), 'keybench-data-'));
  folders.push(made);
  return made;
}

function disk(size: string): string {
  const made = folder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'keybench-test', made]);
  disks.push(made);
  return made;
}

async function open(dataDir: string): Promise<Page> {
  app = await startApp({ dataDir });
  window = await openAppWindow(app.url);
  return window.page;
}

async function close() {
  await window?.close();
  await app?.stop();
  window = undefined;
}

/** The banner over the whole window: problem and remedy. */
const storage = (page: Page) =>
  page
    .locator('main')
    .getByRole('alert')
    .or(page.locator('main').getByRole('status'))
    .filter({ hasText: /database|disk|folder/ })
    .first();

async function works(page: Page) {
  await send(page, 'Does it work all the same?');
  await ended(page, 'Done');
  expect(await output(page).innerText()).toContain('Demo provider');
}

describe('a data folder that cannot be used', () => {
  it('holds a database that is none: it is left as it is, and the app works without it', async () => {
    const dir = folder();
    const file = path.join(dir, 'keybench.db');
    const content = `This is my diary, not a database.\n${'x'.repeat(5000)}`;
    fs.writeFileSync(file, content);
    const page = await open(dir);
    const text = await storage(page).innerText();
    expect(text).toContain(
      `The file ${file} is not a database (or its beginning is damaged) and was left as it is.`,
    );
    expect(text).toContain('Move it away, then start Keybench again.');
    expect(text).toContain('Until then Keybench works, but keeps nothing after it is closed.');
    expect(await violationsInBothThemes(page)).toEqual([]);
    await works(page);
    await goTo(page, 'History');
    await page.getByRole('option').filter({ hasText: 'Does it work' }).waitFor();
    await close();
    expect(fs.readFileSync(file, 'utf8')).toBe(content);
  });

  it('is a file', async () => {
    const dir = path.join(folder(), 'data');
    fs.writeFileSync(dir, 'I am a file.');
    const page = await open(dir);
    const text = await storage(page).innerText();
    expect(text).toMatch(/The data folder of .* cannot be made, because a file has its name\./);
    expect(text).toContain('Move that file away or choose another data folder, then start Keybench again.');
    expect(await violationsInBothThemes(page)).toEqual([]);
    await works(page);
    await close();
    expect(fs.readFileSync(dir, 'utf8')).toBe('I am a file.');
  });

  it.skipIf(!canMount)(
    'may not be written: what is in it can be read, the app works, and keeps again when it may',
    async () => {
      const dir = disk('100m');
      let page = await open(dir);
      await send(page, 'Written while it was allowed.');
      await ended(page, 'Done');
      await close();
      execFileSync('mount', ['-o', 'remount,ro', dir]);
      page = await open(dir);
      const text = await storage(page).innerText();
      expect(text).toMatch(/can be read but not written, so nothing new is kept\./);
      expect(text).toContain('Allow your user to write the file and its folder, then start Keybench again.');
      expect(await violationsInBothThemes(page)).toEqual([]);
      await goTo(page, 'History');
      await page.getByRole('option').filter({ hasText: 'Written while it was allowed.' }).waitFor();
      await goTo(page, 'Explorer');
      await works(page);
      await close();
      execFileSync('mount', ['-o', 'remount,rw', dir]);
      page = await open(dir);
      expect(await storage(page).count()).toBe(0);
      await goTo(page, 'History');
      await page.getByRole('option').filter({ hasText: 'Written while it was allowed.' }).waitFor();
      expect(await page.getByRole('option').filter({ hasText: 'Does it work' }).count()).toBe(0);
    },
  );

  it.skipIf(!canMount)(
    'is full: it is said, nothing acknowledged is lost, and it is over when there is room',
    async () => {
      const dir = disk('120m');
      const filler = path.join(dir, 'filler');
      // To the last byte: asking how much is free would be too late while the app writes.
      const fill = () => {
        for (let size = 1 << 20; size >= 1; size >>= 4)
          try {
            for (;;) fs.appendFileSync(filler, Buffer.alloc(size));
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          }
      };
      const page = await open(dir);
      await goTo(page, 'Settings');
      await page.getByRole('spinbutton', { name: /^Speed/ }).fill('20000');
      await page.keyboard.press('Enter');
      await goTo(page, 'Explorer');
      await send(page, 'Kept before the disk was full.');
      await ended(page, 'Done');
      await setModel(page, 'demo-long');
      await page.getByRole('spinbutton', { name: /^max_tokens/ }).fill('20000'); // some megabytes each
      fill();
      await send(page, 'Kept in the reserve.');
      await storage(page).getByText('Keybench is using its reserve of 8 MB.').waitFor();
      expect(await storage(page).innerText()).toContain(
        'Free at least 64 MB on it; Keybench goes on by itself then.',
      );
      await ended(page, 'Done');
      expect(await violationsInBothThemes(page)).toEqual([]);

      fill(); // and the reserve with it
      const nothingSaved = storage(page).getByText('so nothing new can be saved.');
      for (let n = 0; n < 10 && (await nothingSaved.count()) === 0; n++) {
        await send(page, `Question ${n} to a full disk.`);
        // It is answered all the same.
        await ended(page, 'Done');
      }
      await nothingSaved.waitFor();
      expect(await violationsInBothThemes(page)).toEqual([]);

      fs.rmSync(filler);
      await send(page, 'After there was room.');
      await ended(page, 'Done');
      await storage(page).waitFor({ state: 'hidden' });
      await goTo(page, 'History');
      for (const prompt of [
        'Kept before the disk was full.',
        'Kept in the reserve.',
        'After there was room.',
      ])
        await page.getByRole('option').filter({ hasText: prompt }).filter({ hasText: '200' }).waitFor();
    },
  );
});
