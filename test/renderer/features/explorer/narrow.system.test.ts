// What does not fit into a narrow window stays within reach.
import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../../../support/axe.ts';
import { chromiumPath } from '../../../support/chromium.ts';
import { closeWindows } from '../../../support/window.ts';
import { withWindow } from './fixtures.ts';

const sendDemo = async (page: Page) => {
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').filter({ hasText: /^Done/ }).waitFor({ state: 'attached' });
};
const allOf = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

describe.skipIf(!chromiumPath)('a window 800 px wide with the sidebar open', () => {
  afterAll(closeWindows);
  const narrow = { paceMs: 1, width: 800, height: 600 };

  it('has a menu of all tabs of the answer, and of the request', () =>
    withWindow(narrow, async ({ page }) => {
      await sendDemo(page);
      await page.keyboard.press('Control+b');
      await allOf(page, 'All of Response').click();
      await page.getByRole('menuitem', { name: 'Attempts' }).click();
      await page.getByText('Try 1').waitFor();
      const tab = page.getByRole('tab', { name: 'Attempts' });
      expect(await tab.getAttribute('aria-selected')).toBe('true');
      const rightOf = async (what: Locator) => {
        const box = (await what.boundingBox())!;
        return Math.round(box.x + box.width);
      };
      const strip = page.getByRole('tablist', { name: 'Response' });
      expect(await rightOf(tab), 'brought into view by being chosen').toBeLessThanOrEqual(
        await rightOf(strip),
      );
      await allOf(page, 'All of Request').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Raw HTTP' }).waitFor();
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.getByText('The request as it would leave now.').waitFor();
      expect(await axeFindings(page)).toEqual([]);
    }));

  it('has a menu of the open requests once they do not fit', () =>
    withWindow(narrow, async ({ page }) => {
      expect(await allOf(page, /open requests$/).count()).toBe(0);
      for (let n = 0; n < 5; n++) await page.keyboard.press('Control+t');
      await allOf(page, 'All 6 open requests').click();
      await page.getByRole('menuitem', { name: 'First answer' }).click();
      const shown = page.getByRole('button', { name: /^Demo First answer/ });
      await expect.poll(() => shown.getAttribute('aria-current')).toBe('page');
    }));

  it.each([1024, 1440])('one of %i px has no such menus', (width) =>
    withWindow({ paceMs: 1, width }, async ({ page }) => {
      await sendDemo(page);
      expect(await allOf(page, /^All (of Re|\d)/).count()).toBe(0);
    }),
  );
});
