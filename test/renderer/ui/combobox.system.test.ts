// Free text with suggestions, seen at the model of a request: Escape is pressed there to close the suggestions, or to
// stop an answer, and must never take what was typed.
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../../support/chromium.ts';
import { closeWindows } from '../../support/window.ts';
import { endless, withWindow } from '../features/explorer/fixtures.ts';

const modelOf = (page: Page) => page.getByRole('combobox', { name: /^model/ });

describe.skipIf(!chromiumPath)('Escape in a field with suggestions', () => {
  afterAll(closeWindows);

  test('closes the suggestions, and pressed again leaves the text as it is', () =>
    withWindow({}, async ({ page }) => {
      const model = modelOf(page);
      await model.fill('demo-1');
      await model.fill('demo');
      await page.getByRole('listbox').getByRole('option').first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('listbox').getByRole('option').first().waitFor({ state: 'hidden' });
      expect(await model.inputValue()).toBe('demo');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      expect(await model.inputValue()).toBe('demo');
      await page.getByRole('tablist', { name: 'Request' }).getByRole('tab', { name: 'JSON' }).click();
      await page.getByRole('textbox', { name: 'Request body' }).getByText('"demo"').waitFor();
    }));

  test('stops the answer, and the request keeps its model', () => {
    let stopped = 0;
    return withWindow({ handlers: { 'requests.send': endless(() => stopped++) } }, async ({ page }) => {
      const model = modelOf(page);
      const before = await model.inputValue();
      expect(before).not.toBe('');
      await model.focus();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('log').getByText('word 3').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText(/^You stopped it after/).waitFor();
      await expect.poll(() => stopped).toBe(1);
      expect(await model.inputValue()).toBe(before);
    });
  });
});
