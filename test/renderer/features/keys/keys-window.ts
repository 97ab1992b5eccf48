// The Keys screen in real Chromium: the real window, contract and router over a fake core.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import type { FakeCore } from '../../../support/fake-core/fake-handlers.ts';
import { closeWindows, type OpenWindow, openWindow, type WindowOptions } from '../../../support/window.ts';

let win: OpenWindow;

/** Opens the screen; the window is closed after the test, which fails if the page had errors. */
export async function openKeys(options: WindowOptions = {}): Promise<Page> {
  win = await openWindow({ ...options, ui: { 'app.screen': 'keys', ...options.ui } });
  return win.page;
}
afterEach(async () => {
  expect(win.problems).toEqual([]);
  await win.close();
});
afterAll(closeWindows);

/** The core behind the open window. */
export const core = (): FakeCore => win.core;
export const names = () => win.core.state.keys.map(({ name }) => name);
export const canary = () => `sk-CANARY-${crypto.randomUUID()}`;

export const list = (page: Page) => page.getByRole('listbox', { name: 'Keys' });
export const row = (page: Page, name: string) => list(page).getByRole('option', { name });
/** The modal one: toasts are dialogs too. */
export const dialog = (page: Page) => page.locator('[data-modal]');
export const details = (page: Page) => page.getByRole('region', { name: 'Key details' });

export async function focusList(page: Page) {
  await list(page).focus();
  await page.keyboard.press('Home');
}
