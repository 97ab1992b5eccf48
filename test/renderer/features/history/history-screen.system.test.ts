// The list, its pages and its states; axe on every state of the screen.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../preload/contract/errors.ts';
import type { HistoryPage } from '../../../../preload/contract/history.ts';
import { axeViolations } from '../../../support/axe-violations.ts';
import { sampleHistory } from '../../../support/fake-core/requests.ts';
import {
  core,
  details,
  focusList,
  list,
  newRequest,
  openHistory,
  rows,
  scrollTop,
  search,
  selectedText,
} from './history-window.ts';

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
    core().state.history = [newRequest('Came in later'), ...core().state.history];
    core().state.change('historyVersion');
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
    core().state.history = [newRequest('Came in later'), ...core().state.history];
    core().state.change('historyVersion');
    await page.getByText('50 of 501').waitFor();
    expect(await selectedText(page)).toBe(selected);
    await expect.poll(() => scrollTop(page)).toBe(place + 28);
    await expect.poll(() => list(page).locator('[aria-selected=true]').boundingBox()).toEqual(seen);
  });

  test('at the top a new request is seen at once, and the selection stays with its request', async () => {
    const page = await openHistory();
    await focusList(page);
    const selected = await selectedText(page);
    core().state.history = [newRequest('Came in later'), ...core().state.history];
    core().state.change('historyVersion');
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
    for (const word of ['200', 'Truncated', 'Failed 429', 'Cancelled', 'Interrupted', 'Streaming']) {
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
