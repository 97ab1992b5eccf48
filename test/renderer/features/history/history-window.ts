// The History screen in real Chromium: the real window, contract and router over a fake core.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import type { FakeCore } from '../../../support/fake-core/fake-handlers.ts';
import { type StoredRequest, sampleHistory } from '../../../support/fake-core/requests.ts';
import { closeWindows, type OpenWindow, openWindow, type WindowOptions } from '../../../support/window.ts';

let win: OpenWindow;

/** Opens the screen; the window is closed after the test, which fails if the page had errors. */
export async function openHistory(options: WindowOptions = {}): Promise<Page> {
  win = await openWindow({ ...options, ui: { 'app.screen': 'history', ...options.ui } });
  return win.page;
}
afterEach(async () => {
  expect(win.problems).toEqual([]);
  await win.close();
});
afterAll(closeWindows);

/** The core behind the open window. */
export const core = (): FakeCore => win.core;

export const list = (page: Page) => page.getByRole('listbox', { name: /^Requests/ });
export const rows = (page: Page) => list(page).getByRole('option');
export const search = (page: Page) => page.getByLabel('Search history');
export const details = (page: Page) => page.getByRole('region', { name: 'Request details' });
/** The modal one: toasts are dialogs too. */
export const dialog = (page: Page) => page.locator('[data-modal]');
export const selectedText = (page: Page) => list(page).locator('[aria-selected=true]').textContent();
export const scrollTop = (page: Page) => list(page).evaluate((el) => el.scrollTop);

export async function focusList(page: Page) {
  await list(page).focus();
  await page.keyboard.press('Home');
}

export function newRequest(name: string): StoredRequest {
  const [one] = sampleHistory(1);
  return { ...one!, row: { ...one!.row, id: crypto.randomUUID(), name, at: Date.now() } };
}
