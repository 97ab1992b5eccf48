// The Scanner screen, for its tests.
import type { Page } from 'playwright-core';
import { createScannerWorld, type ScannerWorld } from '../../../support/fake-core/scanner-world.ts';
import { focusFirst, screenWindow } from '../../../support/screen-window.ts';

export { dialog } from '../../../support/screen-window.ts';

const { open, core } = screenWindow('scanner');

export { core };

const list = (page: Page) => page.getByRole('listbox', { name: 'Findings' });
export const rows = (page: Page) => list(page).getByRole('option');
export const details = (page: Page) => page.getByRole('region', { name: 'Finding details' });
export const title = (page: Page) => page.getByRole('region', { name: 'Scanner', exact: true });
export const focusList = (page: Page) => focusFirst(list(page));

export async function openScanner(
  options: Parameters<typeof createScannerWorld>[0] = {},
): Promise<{ page: Page; world: ScannerWorld }> {
  const world = createScannerWorld(options);
  return { page: await open({ handlers: world.handlers }), world };
}
