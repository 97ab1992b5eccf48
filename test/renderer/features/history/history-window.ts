// The History screen, for its tests.
import type { Page } from 'playwright-core';
import { type StoredRequest, sampleHistory } from '../../../support/fake-core/requests.ts';
import { focusFirst, screenWindow } from '../../../support/screen-window.ts';

export { dialog } from '../../../support/screen-window.ts';
export const { open: openHistory, core } = screenWindow('history');

export const list = (page: Page) => page.getByRole('listbox', { name: /^Requests/ });
export const rows = (page: Page) => list(page).getByRole('option');
export const search = (page: Page) => page.getByLabel('Search history');
export const details = (page: Page) => page.getByRole('region', { name: 'Request details' });
export const selectedText = (page: Page) => list(page).locator('[aria-selected=true]').textContent();
export const scrollTop = (page: Page) => list(page).evaluate((el) => el.scrollTop);

export const focusList = (page: Page) => focusFirst(list(page));

export function newRequest(name: string): StoredRequest {
  const [one] = sampleHistory(1);
  return { ...one!, row: { ...one!.row, id: crypto.randomUUID(), name, at: Date.now() } };
}
