// The list, the details and what can be done there; axe on every state of the screen.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../preload/contract/errors.ts';
import { axeViolations } from '../../../support/axe-violations.ts';
import { keychain } from '../../../support/fake-core/keys.ts';
import { canary, core, details, dialog, focusList, list, names, openKeys, row } from './keys-window.ts';

describe('working with keys', () => {
  test('everything is done by keyboard: move, rename, check, delete', async () => {
    const page = await openKeys();
    await focusList(page);
    await page.keyboard.press('j');
    expect(await row(page, 'dev-sandbox').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('k');
    await page.keyboard.press('F2');
    const name = details(page).getByLabel('Name');
    await expect.poll(() => name.evaluate((el) => el === document.activeElement)).toBe(true);
    await page.keyboard.type('prod-night');
    await page.keyboard.press('Enter');
    await row(page, 'prod-night').waitFor();
    expect(names()[0]).toBe('prod-night');
    // The focus is back in the list, and Enter goes on to the actions.
    await expect.poll(() => list(page).evaluate((el) => el === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
    await page.keyboard.press('Enter');
    await page.getByText('prod-night: The provider accepted the key').waitFor();
    await list(page).focus();
    await page.keyboard.press('Delete');
    const box = dialog(page).filter({ hasText: 'Delete prod-night?' });
    await box.getByText(/is deleted from Secret Service/).waitFor();
    // The safe button has the focus, so a second Delete or Enter by mistake deletes nothing.
    await page.keyboard.press('Enter');
    await box.waitFor({ state: 'detached' });
    expect(names()).toContain('prod-night');
    // As a person does: each key when what the one before led to is there.
    await expect.poll(() => list(page).evaluate((el) => el === document.activeElement)).toBe(true);
    await page.keyboard.press('Delete');
    await box.waitFor();
    await expect.poll(() => box.evaluate((el) => el.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await box.waitFor({ state: 'detached' });
    expect(names()).not.toContain('prod-night');
    await page.getByText('prod-night was deleted.').waitFor();
    expect(await row(page, 'dev-sandbox').getAttribute('aria-selected')).toBe('true');
  });

  test('a name that is taken stays to be mended, and Esc brings the old one back', async () => {
    const page = await openKeys();
    await focusList(page);
    await page.keyboard.press('F2');
    await page.keyboard.type('batch');
    await page.keyboard.press('Enter');
    await details(page)
      .getByText(/There is a key named "batch" already/)
      .waitFor();
    await page.keyboard.press('Escape');
    await details(page).getByRole('heading', { name: 'prod-oncall' }).waitFor();
    expect(names()[0]).toBe('prod-oncall');
  });

  test('a check that fails says so beside its key, and a delete that fails keeps the key and the dialog', async () => {
    const page = await openKeys({
      handlers: {
        'keys.check': ({ id }) => {
          const result = {
            at: Date.now(),
            outcome: 'rejected' as const,
            status: 401,
            ms: 212,
            message: 'Anthropic does not accept this key.',
          };
          const { state } = core();
          state.keys = state.keys.map((key) => (key.id === id ? { ...key, lastCheck: result } : key));
          state.change('keysVersion');
          return result;
        },
        'keys.remove': () => {
          throw new AppError('KEYCHAIN_TIMEOUT', 'The keychain does not answer.');
        },
      },
    });
    await focusList(page);
    await details(page).getByRole('button', { name: 'Check' }).click();
    await row(page, 'prod-oncall').getByText('Rejected 401').waitFor();
    await details(page).getByText('Anthropic does not accept this key.').waitFor();
    await details(page).getByRole('button', { name: 'Delete…' }).click();
    await dialog(page).getByRole('button', { name: 'Delete key' }).click();
    await dialog(page).getByText('The keychain does not answer.').waitFor();
    expect(names()).toContain('prod-oncall');
  });

  test('Check all asks for every key and sums up', async () => {
    const asked: string[] = [];
    const page = await openKeys({
      handlers: {
        'keys.check': ({ id }) => {
          asked.push(id);
          return {
            at: 1,
            outcome: asked.length === 2 ? 'limited' : 'ok',
            status: 200,
            ms: 3,
            message: 'Fine.',
          };
        },
      },
    });
    await page.getByRole('button', { name: 'Check all' }).click();
    await page.getByText('1 of 5 keys did not pass the check.').waitFor();
    expect(new Set(asked).size).toBe(core().state.keys.length);
  });

  test('Replace keeps the name, sends the new secret once and shows its last four characters', async () => {
    const page = await openKeys();
    const secret = `${canary()}-zZ9y`;
    await focusList(page);
    await details(page).getByRole('button', { name: 'Replace…' }).click();
    await dialog(page).getByLabel('New key').fill(secret);
    await page.keyboard.press('Enter');
    await dialog(page).waitFor({ state: 'detached' });
    await row(page, 'prod-oncall').getByText('··zZ9y').waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  test.each([
    ['the letter e in the list', (page: Page) => page.keyboard.press('e')],
    [
      'the palette',
      async (page: Page) => {
        await page.keyboard.press('Control+k');
        await page.keyboard.type('use the selected key');
        await page.getByRole('option', { name: /Use the selected key in the Explorer/ }).waitFor();
        await page.keyboard.press('Enter');
      },
    ],
  ])('a key is used in the Explorer by %s', async (_way, use) => {
    const page = await openKeys();
    const openai = core().state.keys.find((key) => key.provider === 'openai')!;
    await row(page, openai.name).click();
    await use(page);
    const bar = page.getByRole('region', { name: 'Address and key' });
    await bar.getByRole('combobox', { name: 'Key', exact: true }).filter({ hasText: openai.name }).waitFor();
    const baseUrl = await bar.getByRole('textbox', { name: 'Base URL' }).inputValue();
    expect(baseUrl).toBe(openai.baseUrl);
  });

  test('filter and provider narrow the list; what hides everything can be cleared', async () => {
    const page = await openKeys();
    await page.getByLabel('Filter keys').fill('api.openai');
    await expect.poll(() => list(page).getByRole('option').count()).toBe(2);
    await page.getByLabel('Filter keys').press('Escape');
    await page.getByRole('button', { name: /^Hugging Face/ }).click();
    await expect.poll(() => list(page).getByRole('option').count()).toBe(1);
    await page.getByLabel('Filter keys').fill('zzz');
    await page.getByText('No key matches “zzz”.').waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).last().click();
    await row(page, 'hub-read').waitFor();
  });

  test('with no keys it says how to begin, with a key or without', async () => {
    const page = await openKeys({ keys: [] });
    await page.getByText('No keys yet').waitFor();
    await page.getByRole('button', { name: 'Try the demo provider, no key needed' }).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Add key' }).last().focus();
    await page.keyboard.press('n');
    await dialog(page).getByLabel('Key', { exact: true }).fill(canary());
    await page.keyboard.press('Enter');
    await dialog(page).waitFor({ state: 'detached' });
    // What opened the dialog is gone with the empty screen: the focus is in the list, not lost.
    await expect.poll(() => list(page).evaluate((el) => el === document.activeElement)).toBe(true);
    await page.keyboard.press('Delete');
    await dialog(page).getByRole('button', { name: 'Delete key' }).click();
    await page.getByText('No keys yet').waitFor();
    const pane = page.getByRole('region', { name: 'Keys', exact: true });
    await expect.poll(() => pane.evaluate((el) => el === document.activeElement)).toBe(true);
  });

  test('names are text: markup in a name is shown and does nothing', async () => {
    const evil = '<img src=x onerror="document.title=1">';
    const page = await openKeys();
    core().state.keys = core().state.keys.map((key, index) =>
      index === 0 ? { ...key, name: evil, stateText: evil, state: 'missing' } : key,
    );
    core().state.change('keysVersion');
    await list(page).getByText(evil).waitFor();
    await focusList(page);
    await details(page).getByText(evil).first().waitFor();
    await page.keyboard.press('Delete');
    await dialog(page).getByText(`Delete ${evil}?`).waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
  });
});

describe.each(['dark', 'light'] as const)('axe, %s', (theme) => {
  const settings = { 'appearance.theme': theme };

  test('finds nothing on the list with details and a banner', async () => {
    const page = await openKeys({ settings, theme, status: { keychain: keychain('locked') } });
    await focusList(page);
    await details(page).getByRole('button', { name: 'Check' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('finds nothing while a name is edited', async () => {
    const page = await openKeys({ settings, theme });
    await focusList(page);
    await page.keyboard.press('F2');
    await details(page).getByLabel('Name').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('finds nothing on the empty screen', async () => {
    const page = await openKeys({ settings, theme, keys: [] });
    await page.getByText('No keys yet').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('finds nothing in the add dialog with every choice and an error', async () => {
    const page = await openKeys({ settings, theme, status: { keychain: keychain('no-bus') } });
    await page.getByRole('button', { name: 'Add key' }).first().click();
    await dialog(page).getByRole('radio', { name: /vault/ }).click();
    await dialog(page).getByRole('button', { name: 'Add key' }).click();
    await dialog(page).getByText('Paste the key.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});
