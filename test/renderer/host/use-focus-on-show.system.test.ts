// Opening a screen puts the focus where its keys work.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { closeWindows, type OpenWindow, openWindow, type WindowOptions } from '../../support/window.ts';

let window: OpenWindow;
afterEach(async () => {
  expect(window.problems).toEqual([]);
  await window.close();
});
afterAll(closeWindows);

async function opened(options: WindowOptions = {}): Promise<Page> {
  window = await openWindow({ ui: { 'app.screen': 'settings' }, ...options });
  await window.page.getByRole('heading', { name: 'Keychain' }).waitFor();
  return window.page;
}
const focused = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')));
const rail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name });

test('History: the list, by shortcut and by the rail, at first and when coming back', async () => {
  const page = await opened();
  await page.keyboard.press('Control+4');
  await focused(page).toMatch(/^Requests/);
  await page.keyboard.press('ArrowDown');
  await page.locator('[role=option][aria-selected=true]', { hasText: 'Summarise incident' }).waitFor();
  await page.keyboard.press('Control+1');
  await focused(page).toBe('Keys');
  await rail(page, 'History').click();
  await focused(page).toMatch(/^Requests/);
});

test('History: the search when there is nothing to list, or when the search was asked for', async () => {
  const page = await opened({ history: [] });
  await page.keyboard.press('Control+4');
  await focused(page).toBe('Search history');
  await window.close();
  const full = await opened();
  for (let n = 0; n < 2; n++) {
    await full.keyboard.press('Control+Shift+f');
    await focused(full).toBe('Search history');
    await full.getByText('50 of 60').waitFor();
    await focused(full).toBe('Search history');
    await full.keyboard.press('Control+1');
    await focused(full).toBe('Keys');
  }
});

test('Keys: the list; a dialog that was asked for keeps the focus', async () => {
  const page = await opened();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Search commands/ }).waitFor();
  await page.keyboard.type('>add key');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.locator('[data-modal]').filter({ has: page.getByRole('textbox') });
  await dialog.waitFor();
  await expect.poll(() => dialog.evaluate((el) => el.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+,');
  await page.keyboard.press('Control+1');
  await focused(page).toBe('Keys');
});
