// The Keys screen, for its tests.
import type { Page } from 'playwright-core';
import { focusFirst, screenWindow } from '../../../support/screen-window.ts';

export { dialog } from '../../../support/screen-window.ts';
export const { open: openKeys, core } = screenWindow('keys');

export const names = () => core().state.keys.map(({ name }) => name);
export const canary = () => `sk-CANARY-${crypto.randomUUID()}`;

export const list = (page: Page) => page.getByRole('listbox', { name: 'Keys' });
export const row = (page: Page, name: string) => list(page).getByRole('option', { name });
export const details = (page: Page) => page.getByRole('region', { name: 'Key details' });

export const focusList = (page: Page) => focusFirst(list(page));
