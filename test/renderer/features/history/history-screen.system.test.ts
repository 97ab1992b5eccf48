// The History screen in real Chromium: the real window, contract and router over a fake core.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../../preload/contract/errors.ts';
import type { HistoryPage } from '../../../../preload/contract/history.ts';
import { axeViolations } from '../../../support/axe-violations.ts';
import { type StoredRequest, sampleHistory } from '../../../support/fake-core/requests.ts';
import { closeWindows, type OpenWindow, openWindow, type WindowOptions } from '../../../support/window.ts';

let win: OpenWindow;
afterEach(async () => {
  expect(win.problems).toEqual([]);
  await win.close();
});
afterAll(closeWindows);

async function openHistory(options: WindowOptions = {}): Promise<Page> {
  win = await openWindow({ ...options, ui: { 'app.screen': 'history', ...options.ui } });
  return win.page;
}
const list = (page: Page) => page.getByRole('listbox', { name: /^Requests/ });
const rows = (page: Page) => list(page).getByRole('option');
const search = (page: Page) => page.getByLabel('Search history');
const details = (page: Page) => page.getByRole('region', { name: 'Request details' });
/** The modal one: toasts are dialogs too. */
const dialog = (page: Page) => page.locator('[data-modal]');
const selectedText = (page: Page) => list(page).locator('[aria-selected=true]').textContent();
const scrollTop = (page: Page) => list(page).evaluate((el) => el.scrollTop);

async function focusList(page: Page) {
  await list(page).focus();
  await page.keyboard.press('Home');
}

describe('the list', () => {
  test('is newest first under the name of the day, with the total', async () => {
    const page = await openHistory();
    await page.getByText('50 of 60').waitFor();
    const [heading, first] = [await rows(page).nth(0).textContent(), await rows(page).nth(1).textContent()];
    expect(heading).toBe('Today');
    expect(first).toContain('Summarise incident');
    expect(first).toContain('300 ms');
  });

  test('reads the next pages as one scrolls, each row once, also while requests come in', async () => {
    const page = await openHistory({ history: sampleHistory(500) });
    await page.getByText('50 of 500').waitFor();
    await focusList(page);
    await page.keyboard.press('End');
    await page.getByText('250 of 500').waitFor();
    win.core.state.history = [newRequest('Came in later'), ...win.core.state.history];
    win.core.state.change('historyVersion');
    await page.getByText('250 of 501').waitFor();
    await page.keyboard.press('End');
    await page.getByText('450 of 501').waitFor();
    await page.keyboard.press('End');
    await page.getByText('501 of 501').waitFor();
  });

  test('keeps place and selection when a request comes in above', async () => {
    const page = await openHistory({ history: sampleHistory(500) });
    await focusList(page);
    for (let i = 0; i < 30; i++) await page.keyboard.press('j');
    const [selected, place] = [await selectedText(page), await scrollTop(page)];
    expect(place).toBeGreaterThan(0);
    const seen = await list(page).locator('[aria-selected=true]').boundingBox();
    win.core.state.history = [newRequest('Came in later'), ...win.core.state.history];
    win.core.state.change('historyVersion');
    await page.getByText('50 of 501').waitFor();
    expect(await selectedText(page)).toBe(selected);
    expect(await scrollTop(page)).toBe(place + 28);
    expect(await list(page).locator('[aria-selected=true]').boundingBox()).toEqual(seen);
  });

  test('at the top a new request is seen at once, and the selection stays with its request', async () => {
    const page = await openHistory();
    await focusList(page);
    const selected = await selectedText(page);
    win.core.state.history = [newRequest('Came in later'), ...win.core.state.history];
    win.core.state.change('historyVersion');
    await rows(page).filter({ hasText: 'Came in later' }).waitFor();
    expect(await selectedText(page)).toBe(selected);
  });

  test('each state has its word beside an icon', async () => {
    const base = sampleHistory(6);
    const states = ['complete', 'truncated', 'error', 'cancelled', 'interrupted', 'streaming'] as const;
    const page = await openHistory({
      history: base.map((one, index) => ({
        ...one,
        row: { ...one.row, state: states[index]!, status: states[index] === 'error' ? 429 : 200 },
      })),
    });
    for (const word of ['200', 'Truncated', 'Error 429', 'Cancelled', 'Interrupted', 'Running']) {
      const cell = rows(page).getByText(word, { exact: true });
      await cell.waitFor();
      expect(await cell.locator('xpath=..').locator('svg').count()).toBe(1);
    }
  });

  test('with nothing sent it says so', async () => {
    const page = await openHistory({ history: [] });
    await page.getByText('Nothing sent yet').waitFor();
    await page.getByRole('button', { name: 'Open the Explorer' }).waitFor();
  });

  test('a list that cannot be read says why and can be tried again', async () => {
    let broken = true;
    const page = await openHistory({
      handlers: {
        'history.list': (): HistoryPage => {
          if (broken) throw new AppError('DATABASE_UNAVAILABLE', 'The database cannot be opened.');
          return { rows: [], next: null, total: 0 };
        },
      },
    });
    await page.getByText('The database cannot be opened.').waitFor();
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nothing sent yet').waitFor();
  });
});

describe('searching', () => {
  test('Ctrl Shift F comes from any screen, filter words become chips, the rest is searched for', async () => {
    const page = await openHistory({ ui: { 'app.screen': 'keys' } });
    await page.getByRole('listbox', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Control+Shift+F');
    await expect.poll(() => search(page).evaluate((el) => el === document.activeElement)).toBe(true);
    await page.keyboard.type('provider:openai state:complete Summarise');
    await page.getByRole('button', { name: 'Remove provider:openai' }).waitFor();
    await page.getByRole('button', { name: 'Remove state:complete' }).waitFor();
    expect(await search(page).inputValue()).toBe('Summarise');
    await expect
      .poll(async () => await rows(page).allTextContents())
      .toSatisfy(
        (texts: string[]) => texts.length > 1 && texts.slice(1).every((text) => /Summarise/.test(text)),
      );
    expect(await page.getByRole('checkbox', { name: 'OpenAI', exact: true }).isChecked()).toBe(true);
    // The field still has the focus after all that, and Backspace at its start takes the last chip.
    await page.keyboard.press('Home');
    await page.keyboard.press('Backspace');
    await page.getByRole('button', { name: 'Remove state:complete' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    expect(await search(page).inputValue()).toBe('');
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
    await page.getByRole('checkbox', { name: 'Error' }).click();
    await page.getByRole('button', { name: 'Remove state:error' }).waitFor();
    await expect
      .poll(async () => (await rows(page).allTextContents()).slice(1).every((t) => /Error/.test(t)))
      .toBe(true);
    await page.getByRole('button', { name: 'Remove state:error' }).click();
    expect(await page.getByRole('checkbox', { name: 'Error' }).isChecked()).toBe(false);
  });
});

describe('one request', () => {
  test('shows what was sent, the answer as it was drawn live, every event and the headers', async () => {
    const page = await openHistory();
    await focusList(page);
    await details(page).getByRole('log', { name: 'Response' }).getByText('A config push halved').waitFor();
    await details(page)
      .getByRole('tab', { name: /^Events/ })
      .click();
    const events = details(page).getByRole('listbox', { name: 'Event timeline' });
    await events.getByText('message_start').first().waitFor();
    await details(page)
      .getByRole('tab', { name: /^Headers/ })
      .click();
    await details(page).getByRole('table', { name: 'Response headers' }).getByText('request-id').waitFor();
    // The key is its name, here as everywhere.
    await details(page).getByText('[key:prod-oncall]').waitFor();
    await details(page).getByRole('tab', { name: 'Request' }).click();
    await details(page).getByRole('region', { name: 'Request body' }).getByText('"model"').first().waitFor();
  });

  test('an error stands above the tabs, with type, request id and what to do', async () => {
    const page = await openHistory();
    await page.getByRole('checkbox', { name: 'Error' }).click();
    await page.getByRole('button', { name: 'Remove state:error' }).waitFor();
    await focusList(page);
    const alert = details(page).getByRole('alert');
    await alert.getByText(/exceeded your per-minute rate limit/).waitFor();
    await alert.getByText(/Wait for the limit to reset/).waitFor();
    await alert.getByText('req_011CSamplE').waitFor();
    await details(page).getByText('No text came back.').waitFor();
  });

  test('Enter opens it in the Explorer as it was made; Send again sends it', async () => {
    const page = await openHistory();
    const before = win.core.state.history.length;
    await focusList(page);
    await page.keyboard.press('Enter');
    // The form of the Explorer with the prompt as it was sent.
    await page.getByText('Explain in three short paragraphs').first().waitFor();
    expect(win.core.state.history).toHaveLength(before);
    await page.keyboard.press('Control+4');
    await list(page).waitFor();
    await details(page).getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => win.core.state.history.length).toBe(before + 1);
    const [sent, original] = win.core.state.history;
    expect(sent!.draft).toMatchObject({ provider: original!.draft.provider, body: original!.draft.body });
  });

  test('Delete asks first, then the next request is selected', async () => {
    const page = await openHistory();
    const ids = () => win.core.state.history.map(({ row }) => row.id);
    const [first] = ids();
    await focusList(page);
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Delete');
    await dialog(page)
      .getByText(/“Summarise incident”, its answer and its events are deleted/)
      .waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    expect(ids()[0]).toBe(first);
    await page.keyboard.press('Delete');
    await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog(page).waitFor({ state: 'detached' });
    expect(ids()).not.toContain(first);
    await expect.poll(() => selectedText(page)).toContain('Extract timeline');
  });

  test('deleting everything names the number, whatever the search shows', async () => {
    const page = await openHistory();
    await search(page).fill('Summarise');
    await page.getByRole('button', { name: 'Delete all history…' }).click();
    await dialog(page)
      .getByText(/^60 requests with answers and events are deleted/)
      .waitFor();
    await dialog(page).getByRole('button', { name: 'Delete all 60' }).click();
    await page.getByText('60 requests were deleted.').waitFor();
    expect(win.core.state.history).toEqual([]);
  });
});

describe.each(['dark', 'light'] as const)('axe, %s', (theme) => {
  const settings = { 'appearance.theme': theme };

  test.each(['Request', 'Response', 'Events', 'Headers'])('finds nothing with the tab %s', async (tab) => {
    const page = await openHistory({ settings, theme });
    await focusList(page);
    await details(page)
      .getByRole('tab', { name: new RegExp(`^${tab}`) })
      .click();
    await details(page).getByRole('tabpanel').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('finds nothing in a search with marks, chips and a problem', async () => {
    const page = await openHistory({ settings, theme });
    await search(page).fill('provider:openai state:nope summarise');
    await page.getByText('No state is called “nope”').waitFor();
    await rows(page).locator('mark').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('finds nothing where nothing matches', async () => {
    const page = await openHistory({ settings, theme });
    await search(page).fill('state:interrupted zebra');
    await page.getByText('Nothing matches').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});

function newRequest(name: string): StoredRequest {
  const [one] = sampleHistory(1);
  return { ...one!, row: { ...one!.row, id: crypto.randomUUID(), name, at: Date.now() } };
}
