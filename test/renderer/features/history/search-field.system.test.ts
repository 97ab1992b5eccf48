// From what is typed to what is found.
import { describe, expect, test } from 'vitest';
import type { HistoryPage } from '../../../../preload/contract/history.ts';
import { sampleHistory } from '../../../support/fake-core/requests.ts';
import { details, dialog, focusList, list, openHistory, rows, search } from './history-window.ts';

describe('searching', () => {
  test('Ctrl Shift F comes from any screen, filter words become chips, the rest is searched for', async () => {
    // At once, while other screens are still being fetched: the key must not be lost.
    const page = await openHistory({ ui: { 'app.screen': 'keys' } });
    await page.keyboard.press('Control+Shift+F');
    await expect.poll(() => search(page).evaluate((el) => el === document.activeElement)).toBe(true);
    await page.keyboard.type('provider:openai state:complete Summarise');
    await page.getByRole('button', { name: 'Remove provider:openai' }).waitFor();
    await page.getByRole('button', { name: 'Remove state:complete' }).waitFor();
    await expect.poll(() => search(page).inputValue()).toBe('Summarise');
    await expect
      .poll(async () => await rows(page).allTextContents())
      .toSatisfy(
        (texts: string[]) => texts.length > 1 && texts.slice(1).every((text) => /Summarise/.test(text)),
      );
    await expect
      .poll(() => page.getByRole('checkbox', { name: 'OpenAI', exact: true }).isChecked())
      .toBe(true);
    // The field still has the focus after all that, and Backspace at its start takes the last chip.
    await page.keyboard.press('Home');
    await page.keyboard.press('Backspace');
    await page.getByRole('button', { name: 'Remove state:complete' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await expect.poll(() => search(page).inputValue()).toBe('');
    await page.getByText('50 of 60').waitFor();
  });

  test('asks core with filter, words and order; best match only with words', async () => {
    const asked: unknown[] = [];
    const page = await openHistory({
      handlers: {
        'history.list': ({ q, filter, order }): HistoryPage => {
          asked.push({ q, filter, order });
          return { rows: [], next: null, total: 0 };
        },
      },
    });
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page.getByRole('option', { name: 'Best match' }).click();
    await page.getByText('Best match needs words to search for.').waitFor();
    await search(page).fill('state:error,truncated pool limit');
    await expect
      .poll(() => asked.at(-1))
      .toEqual({
        q: 'pool limit',
        filter: { provider: [], state: ['error', 'truncated'] },
        order: 'best',
      });
    expect(asked[0]).toMatchObject({ q: '', order: 'newest' });
    // Not one question per letter.
    expect(asked.length).toBeLessThan(6);
  });

  test('what was found is marked, in text that stays text', async () => {
    const evil = 'find <img src=x onerror="document.title=1"> me';
    const base = sampleHistory(3);
    const page = await openHistory({
      history: base.map((one) => ({ ...one, row: { ...one.row, prompt: evil, name: evil } })),
    });
    await search(page).fill('<img');
    const mark = rows(page).locator('mark').first();
    await mark.waitFor();
    expect(await mark.textContent()).toBe('<img');
    await focusList(page);
    await details(page).getByRole('tab', { name: 'Request' }).click();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    await page.keyboard.press('Tab');
    await list(page).focus();
    await page.keyboard.press('Delete');
    await dialog(page).getByText(evil).waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
  });

  test('no match shows the search as it was read, each part with its ×', async () => {
    const page = await openHistory();
    await search(page).fill('state:interrupted zebra');
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Remove “zebra”' }).click();
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Remove state:interrupted' }).last().click();
    await page.getByText('50 of 60').waitFor();
    await search(page).fill('zebra');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByText('50 of 60').waitFor();
  });

  test('an unknown filter word is said, with those that are known', async () => {
    const page = await openHistory();
    await search(page).fill('state:fine ');
    await page.getByText('No state is called “fine”. Known: complete, truncated, error').waitFor();
    await page.getByText('50 of 60').waitFor();
  });

  test('check boxes, chips and field are one search', async () => {
    const page = await openHistory();
    await page.getByRole('checkbox', { name: 'Failed' }).click();
    await page.getByRole('button', { name: 'Remove state:error' }).waitFor();
    await expect
      .poll(async () => (await rows(page).allTextContents()).slice(1).every((t) => /Failed/.test(t)))
      .toBe(true);
    await page.getByRole('button', { name: 'Remove state:error' }).click();
    await expect.poll(() => page.getByRole('checkbox', { name: 'Failed' }).isChecked()).toBe(false);
  });
});
