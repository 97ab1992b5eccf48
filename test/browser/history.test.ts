// "Close and open again: every request is in History, searchable, with request, response and events; open one back into
// the Explorer and send it again."
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppWindow, openAppWindow, type RunningApp, startApp } from '../support/running-app.ts';
import { violationsInBothThemes } from './support/accessible.ts';
import {
  banner,
  ended,
  goTo,
  output,
  promptField,
  region,
  response,
  send,
  setModel,
} from './support/screens.ts';

const PROMPTS = [
  'Explain how tides move a lagoon.',
  'Name a <mark>zephyr</mark> & its <script>alert(1)</script>.',
  'List three uses of basalt.',
];

describe('history', () => {
  let app: RunningApp;
  let window: AppWindow;
  let said = '';
  const page = () => window.page;
  const search = () => page().getByRole('textbox', { name: 'Search history' });
  const list = () => page().getByRole('listbox', { name: /^Requests, / });
  const rows = () =>
    list()
      .getByRole('option')
      .filter({ has: page().locator('time') });
  const row = (text: string) => rows().filter({ hasText: text });
  const details = () => region(page(), 'Request details');
  const tab = async (name: string): Promise<Locator> => {
    await details()
      .getByRole('tab', { name: new RegExp(`^${name}`) })
      .click();
    return details().getByRole('tabpanel', { name: new RegExp(`^${name}`) });
  };
  const again = async (signal: NodeJS.Signals = 'SIGTERM') => {
    // The app first: a window that closes stops what it has in flight.
    await app.stop(signal);
    await window.close();
    app = await startApp({ dataDir: app.dataDir });
    window = await openAppWindow(app.url);
  };

  beforeAll(async () => {
    app = await startApp();
    window = await openAppWindow(app.url);
  });
  afterAll(async () => {
    await window?.close();
    await app?.close();
  });

  it('is empty at first and says what will be in it', async () => {
    await goTo(page(), 'History');
    await page()
      .getByText('Every request is kept here with its answer, events and headers, searchable.')
      .waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
  });

  it('has every request after the app was closed and opened again', async () => {
    await goTo(page(), 'Explorer');
    for (const prompt of PROMPTS) {
      await send(page(), prompt);
      await ended(page(), 'Done');
    }
    said = await output(page()).innerText();
    await again();
    await goTo(page(), 'History');
    await expect.poll(() => rows().count()).toBe(3);
    const texts = await rows().allInnerTexts();
    for (const [at, prompt] of PROMPTS.toReversed().entries()) expect(texts[at]).toContain(prompt);
    for (const text of texts) expect(text).toContain('200');
  });

  it('shows the request, the answer, the events with their times, and the headers of one', async () => {
    await row('basalt').click();
    const request = await tab('Request');
    await request.getByText('List three uses of basalt.').first().waitFor();
    expect(await request.innerText()).toMatch(/POST\s+http:\/\/127\.0\.0\.1:\d+\/anthropic\/v1\/messages/);
    expect(await violationsInBothThemes(page())).toEqual([]);

    const answer = await tab('Response');
    await answer.getByRole('log').getByText('Demo provider').first().waitFor();
    expect(await answer.getByRole('log').innerText()).toBe(said);
    expect(await violationsInBothThemes(page())).toEqual([]);

    const events = await tab('Events');
    const first = events.getByRole('option').first();
    await first.getByText('message_start', { exact: true }).waitFor();
    expect(await first.innerText()).toMatch(/\+\d+/);
    await first.click();
    await page().keyboard.press('Enter');
    await events.getByText('"input_tokens"').first().waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);

    const headers = await tab('Headers');
    expect(await headers.innerText()).toContain('anthropic-ratelimit-requests-remaining');
    expect(await headers.innerText()).toContain('anthropic-version');
    expect(await violationsInBothThemes(page())).toEqual([]);
  });

  it('finds the words of prompts, marked, and draws what they stand in as text', async () => {
    await search().fill('zephyr');
    await expect.poll(() => rows().count()).toBe(1);
    const found = rows().first();
    await expect.poll(() => found.locator('mark').allInnerTexts()).toEqual(['zephyr']);
    expect(await found.innerText()).toContain('<mark>zephyr</mark>');
    expect(await page().locator('script:not([src])').count()).toBe(0);
    expect(await violationsInBothThemes(page())).toEqual([]);
  });

  it('finds the words of answers', async () => {
    await search().fill('provider');
    await expect.poll(() => rows().locator('mark').count()).toBe(3);
    for (const text of await rows().allInnerTexts()) expect(text).toMatch(/answer:[\s\S]*provider/i);
    await search().fill('provider basalt');
    await expect.poll(() => rows().count()).toBe(1);
    await page().keyboard.press('Escape');
    await expect.poll(() => rows().count()).toBe(3);
  });

  it('says when nothing matches, and how to get back', async () => {
    await search().fill('quetzalcoatlus');
    await page().getByText('Nothing matches').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    await page().getByRole('button', { name: 'Clear', exact: true }).click();
    await expect.poll(() => rows().count()).toBe(3);
  });

  it('opens one back into the Explorer with its answer, and sends it again', async () => {
    await row('basalt').click();
    await details().getByRole('button', { name: 'Open in Explorer' }).click();
    await expect.poll(() => promptField(page()).inputValue()).toBe('List three uses of basalt.');
    await expect.poll(() => output(page()).innerText()).toBe(said);
    await ended(page(), 'Done');
    await send(page());
    await ended(page(), 'Done');
    await goTo(page(), 'History');
    await expect.poll(() => row('basalt').count()).toBe(2);
    await expect.poll(() => rows().count()).toBe(4);
  });

  it('deletes one after a question', async () => {
    await row('tides').click();
    await page().keyboard.press('Delete');
    const question = page().getByRole('dialog', { name: 'Delete this request?' });
    await question.waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    await page().keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    expect(await row('tides').count()).toBe(1);
    await page().keyboard.press('Delete');
    await question.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect.poll(() => row('tides').count()).toBe(0);
    await expect.poll(() => rows().count()).toBe(3);
  });

  it('keeps the partial answer of an app that was killed in mid-stream, as interrupted', async () => {
    await goTo(page(), 'Explorer');
    await setModel(page(), 'demo-slow');
    await send(page(), 'Describe granite slowly.');
    await expect.poll(async () => (await output(page()).innerText()).length).toBeGreaterThan(20);
    // An asterisk is drawn as such until the one that closes has come.
    const plain = (text: string) => text.replaceAll('*', '').trim();
    const seen = plain(await output(page()).innerText());
    // What is on screen is on the disk within 250 ms, and ten times that on a machine that is busy.
    await sleep(2500);
    await again('SIGKILL');
    await goTo(page(), 'History');
    await row('granite').getByText('Interrupted').waitFor();
    await row('granite').click();
    const answer = await tab('Response');
    await expect.poll(async () => plain(await answer.getByRole('log').innerText())).toContain(seen);
    expect(await violationsInBothThemes(page())).toEqual([]);
    await details().getByRole('button', { name: 'Open in Explorer' }).click();
    await ended(page(), 'Interrupted');
    await response(page())
      .getByText('Keybench was closed while this answer streamed. What had come by then is kept.')
      .waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    expect(await banner(page()).count()).toBe(0);
  });

  it('deletes all after a question that names how many', async () => {
    await goTo(page(), 'History');
    await region(page(), 'History sidebar').getByRole('button', { name: 'Delete all history…' }).click();
    const question = page().getByRole('dialog', { name: 'Delete all history?' });
    await question.getByText('4 requests with answers and events are deleted.').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    await question.getByRole('button', { name: 'Delete all 4' }).click();
    await page().getByText('Nothing sent yet').first().waitFor();
    await again();
    await goTo(page(), 'History');
    await page().getByText('Nothing sent yet').first().waitFor();
    expect(await rows().count()).toBe(0);
  });

  it('wrote nothing to the console', () => {
    expect(window.console).toEqual([]);
  });
});
