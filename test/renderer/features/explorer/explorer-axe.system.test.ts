// axe over the Explorer's states in both themes.
import { afterAll, describe, expect, it } from 'vitest';
import { axeViolations } from '../../../support/axe-violations.ts';
import { chromiumPath } from '../../../support/chromium.ts';
import { closeWindows, type OpenWindow } from '../../../support/window.ts';
import { attempt, end, head, rateLimited, sends, withWindow } from './fixtures.ts';

describe.skipIf(!chromiumPath)('Explorer', () => {
  afterAll(closeWindows);

  describe.each(['dark', 'light'] as const)('axe, %s', (theme) => {
    const clean = async ({ page }: OpenWindow) => expect(await axeViolations(page)).toEqual([]);

    it('finds nothing at the start, in an answer and in any of its views', () =>
      withWindow({ theme }, async (window) => {
        const { page } = window;
        await clean(window);
        await page.keyboard.press('Control+Enter');
        await page.getByRole('status').filter({ hasText: /^Done/ }).waitFor({ state: 'attached' });
        await clean(window);
        for (const [left, right] of [
          ['JSON', 'JSON'],
          ['Headers', /^Headers/],
          ['Raw HTTP', 'Attempts'],
        ] as const) {
          await page.getByRole('tablist', { name: 'Request' }).getByRole('tab', { name: left }).click();
          await page.getByRole('tablist', { name: 'Response' }).getByRole('tab', { name: right }).click();
          // The editor's chunk has come, and nothing fades in any more.
          await page.waitForFunction(() =>
            document.getAnimations().every((one) => one.playState !== 'running'),
          );
          if (left === 'JSON') await expect.poll(() => page.locator('.cm-content').count()).toBe(1);
          await clean(window);
        }
      }));

    it('finds nothing in an error', () =>
      withWindow(
        {
          theme,
          handlers: {
            'requests.send': sends(
              attempt(1, 1),
              head(1, 40, 429),
              end({ state: 'error', error: rateLimited, ttft: null, usage: null }),
            ),
          },
        },
        async (window) => {
          await window.page.keyboard.press('Control+Enter');
          await window.page.getByRole('alert').waitFor();
          await clean(window);
        },
      ));
  });
});
