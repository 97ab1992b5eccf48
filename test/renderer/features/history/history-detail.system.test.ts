// One recorded request, and what can be done with it.
import { describe, expect, test } from 'vitest';
import {
  core,
  details,
  dialog,
  focusList,
  list,
  openHistory,
  search,
  selectedText,
} from './history-window.ts';

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
    await page.getByRole('checkbox', { name: 'Failed' }).click();
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
    const before = core().state.history.length;
    await focusList(page);
    await page.keyboard.press('Enter');
    // The form of the Explorer with the prompt as it was sent.
    await page.getByText('Explain in three short paragraphs').first().waitFor();
    expect(core().state.history).toHaveLength(before);
    await page.keyboard.press('Control+4');
    await list(page).waitFor();
    await details(page).getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => core().state.history.length).toBe(before + 1);
    const [sent, original] = core().state.history;
    expect(sent!.draft).toMatchObject({ provider: original!.draft.provider, body: original!.draft.body });
  });

  test('Delete asks first, then the next request is selected', async () => {
    const page = await openHistory();
    const ids = () => core().state.history.map(({ row }) => row.id);
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
    expect(core().state.history).toEqual([]);
  });
});
