// "Everything can be done by keyboard": the whole main job without a mouse, with the focus seen all the way.
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppWindow, openAppWindow, type RunningApp, startApp } from '../support/running-app.ts';
import { violationsInBothThemes } from './support/accessible.ts';
import { focusIsSeenNow, reach, walkWithTab } from './support/by-keyboard.ts';
import {
  currentScreen,
  ended,
  keyDialog,
  keyRow,
  modelField,
  output,
  promptField,
  region,
  response,
  SCREEN_KEYS,
  type ScreenName,
  send,
} from './support/screens.ts';

let app: RunningApp;
let window: AppWindow;
const page = () => window.page;
const press = async (...keys: string[]) => {
  for (const key of keys) await page().keyboard.press(key);
};
const current = (screen: ScreenName) => currentScreen(page(), screen);
const hasFocus = (target: Locator) =>
  expect.poll(() => target.evaluate((one) => one === document.activeElement)).toBe(true);
const focusedIn = () =>
  page().evaluate(() => {
    const pane = document.activeElement?.closest('[data-pane]');
    const label = pane?.getAttribute('aria-labelledby');
    return (
      pane?.getAttribute('aria-label') ??
      (label ? document.getElementById(label)?.textContent : null) ??
      pane?.querySelector('h2')?.textContent ??
      null
    );
  });

describe('the main job by keyboard alone', () => {
  beforeAll(async () => {
    app = await startApp();
    window = await openAppWindow(app.url);
    await promptField(page()).waitFor();
  });
  afterAll(async () => {
    await window?.close();
    await app?.close();
  });

  it('types a prompt, sends it with Ctrl Enter and stops it with Esc', async () => {
    await reach(page(), modelField(page()));
    await press('Control+a');
    await page().keyboard.type('demo-slow');
    await press('Escape'); // the suggestions
    await reach(page(), promptField(page()));
    await press('Control+a');
    await page().keyboard.type('Describe a pier, by keyboard.');
    await send(page());
    await expect.poll(async () => (await output(page()).innerText()).length).toBeGreaterThan(5);
    await press('Escape');
    expect(await ended(page(), 'Cancelled')).toContain('Cancelled');
    await response(page())
      .getByText(/^You stopped it after/)
      .waitFor();
  });

  it('sends again and reads the tabs of the answer with arrow keys', async () => {
    await reach(page(), modelField(page()), 'Shift+Tab');
    await press('Control+a');
    await page().keyboard.type('demo-1');
    await press('Escape');
    await send(page());
    await ended(page(), 'Done');
    await reach(page(), response(page()).getByRole('tab', { name: 'Output' }));
    for (const [key, name] of [
      ['ArrowRight', 'JSON'],
      ['ArrowRight', 'Headers'],
      ['ArrowRight', 'Attempts'],
      ['ArrowRight', 'Output'],
    ] as const) {
      await press(key, 'Enter');
      await response(page())
        .getByRole('tab', { name: new RegExp(`^${name}`), selected: true })
        .waitFor();
    }
  });

  it('walks through the events and opens one', async () => {
    const events = page().getByRole('listbox', { name: 'Event timeline' });
    await reach(page(), events);
    await press('Home', 'Enter');
    const data = page()
      .getByRole('region', { name: 'Event timeline' })
      .locator('[aria-label^="Data of event"]');
    await expect.poll(async () => data.innerText()).toContain('message_start');
    await press('End', 'Enter');
    await expect.poll(async () => data.innerText()).toContain('message_stop');
  });

  it('opens every screen by its number', async () => {
    for (const [screen, keys] of SCREEN_KEYS) {
      await press(keys);
      await current(screen).waitFor();
    }
  });

  it('adds a key in memory, after consent, with the first letter and Enter', async () => {
    await press('Control+1');
    await page().getByText('No keys yet').waitFor();
    await reach(
      page(),
      page()
        .getByRole('button', { name: /^Add key/ })
        .last(),
    );
    await press('n');
    const dialog = keyDialog(page());
    await hasFocus(dialog.getByLabel('Key', { exact: true }));
    await page().keyboard.type('sk-ant-CANARY-by-keyboard');
    await reach(page(), dialog.getByRole('radio', { name: 'Fix the keychain first' }));
    await press('ArrowDown');
    await reach(
      page(),
      dialog.getByRole('checkbox', { name: 'I understand that the key is lost when Keybench quits.' }),
    );
    expect(await violationsInBothThemes(page())).toEqual([]);
    await press('Space');
    await reach(page(), dialog.getByRole('checkbox', { name: 'Check it with the provider afterwards' }));
    await press('Space');
    await reach(page(), dialog.getByRole('button', { name: 'Add key', exact: true }));
    await press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await keyRow(page(), 'anthropic-dev').waitFor();
  });

  it('renames and deletes it; the focus is never lost', async () => {
    await reach(page(), page().getByRole('listbox', { name: 'Keys', exact: true }));
    await press('F2');
    await hasFocus(region(page(), 'Key details').getByRole('textbox', { name: 'Name' }));
    await press('Control+a');
    await page().keyboard.type('by keyboard');
    await press('Enter');
    await keyRow(page(), 'by keyboard').waitFor();
    await expect.poll(focusedIn).toBe('Keys');
    await press('Delete');
    const question = page().getByRole('dialog', { name: 'Delete by keyboard?' });
    await question.waitFor();
    await reach(page(), question.getByRole('button', { name: 'Delete key' }));
    await press('Enter');
    await page().getByText('No keys yet').waitFor();
    await expect.poll(focusedIn).toBe('Keys');
  });

  it('searches the history, opens a request from the list, and has it in the Explorer', async () => {
    await press('Control+Shift+f');
    const search = page().getByRole('textbox', { name: 'Search history' });
    await hasFocus(search);
    await page().keyboard.type('pier');
    const list = page().getByRole('listbox', { name: /^Requests, / });
    await list.getByRole('option').filter({ hasText: 'pier' }).first().waitFor();
    await press('ArrowDown');
    await hasFocus(list);
    await press('Home', 'j', 'k', 'Enter');
    await current('Explorer').waitFor();
    await expect.poll(() => promptField(page()).inputValue()).toBe('Describe a pier, by keyboard.');
  });

  it('runs a command from the palette, and has the focus back where it was', async () => {
    await reach(page(), promptField(page()));
    await press('Control+k');
    const palette = page().getByRole('dialog', { name: 'Command palette' });
    await hasFocus(palette.getByRole('combobox'));
    await page().keyboard.type('light theme');
    await palette.getByRole('option', { name: /Use the light theme/ }).waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    await press('Enter');
    await palette.waitFor({ state: 'hidden' });
    await expect.poll(() => page().locator('html').getAttribute('data-theme')).toBe('light');
    await hasFocus(promptField(page()));
    await press('Control+Shift+p');
    await hasFocus(palette.getByRole('combobox'));
    await page().keyboard.type('theme of the system');
    await palette.getByRole('option', { name: /Use the theme of the system/ }).waitFor();
    await press('Enter');
    await expect.poll(() => page().locator('html').getAttribute('data-theme')).toBe('system');
  });

  it('shows the shortcuts with ?, and not while one types', async () => {
    await reach(page(), promptField(page()));
    await press('End', '?');
    await expect.poll(() => promptField(page()).inputValue()).toMatch(/\?$/);
    await press('Backspace');
    await reach(page(), page().getByRole('button', { name: /^Send/ }), 'Shift+Tab');
    await press('?');
    const sheet = page().getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.waitFor();
    for (const what of ['Send', 'Stop', 'Command palette', 'Focus next pane'])
      await sheet.getByText(what, { exact: true }).first().waitFor();
    await press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await hasFocus(page().getByRole('button', { name: /^Send/ }));
  });

  it.each(SCREEN_KEYS)('F6 goes round all panes of %s, Shift F6 back', async (screen, keys) => {
    await press(keys);
    await current(screen).waitFor();
    // Notifications are a pane while there are some: none may go in the middle of the round.
    await region(page(), 'Notifications').getByRole('dialog').first().waitFor({ state: 'hidden' });
    await press('F6');
    const start = await focusedIn();
    const ring = [start];
    for (let n = 0; n < 12; n++) {
      await press('F6');
      const next = await focusedIn();
      expect(await focusIsSeenNow(page()), `the focus in ${next}`).toBe(true);
      if (next === start) break;
      ring.push(next);
    }
    expect(ring.length, ring.join(' > ')).toBeGreaterThanOrEqual(4);
    expect(ring).not.toContain(null);
    expect(new Set(ring).size).toBe(ring.length);
    await press('Shift+F6');
    expect(await focusedIn()).toBe(ring.at(-1));
  });

  it('F6 comes by the notifications while there are some, and goes on from them', async () => {
    await press('Control+2');
    await reach(page(), promptField(page()));
    await press('Control+Shift+c'); // copies, and says so, whether it could or not
    const notes = region(page(), 'Notifications');
    await notes.getByRole('dialog').first().waitFor();
    const ring: (string | null)[] = [];
    for (let n = 0; n < 9; n++) {
      await press('F6');
      ring.push(await focusedIn());
    }
    const at = ring.indexOf('Notifications');
    expect(ring[at + 1]).toBe('Status');
    expect(ring.slice(0, at)).toContain('Response');
    await press('F6');
    await notes.getByRole('dialog').first().waitFor({ state: 'hidden' });
  });

  it.each(SCREEN_KEYS)('the focus is seen at every stop of %s', async (screen, keys) => {
    await press(keys);
    await current(screen).waitFor();
    const { stops, unseen } = await walkWithTab(page());
    expect(stops.length).toBeGreaterThan(10);
    expect(unseen).toEqual([]);
  });

  it('a focus that is not seen would be found', async () => {
    await page().evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('nav[aria-label=Screens] :focus-visible { outline: none !important }');
      document.adoptedStyleSheets.push(sheet);
    });
    const { unseen } = await walkWithTab(page());
    const rail = page().getByRole('navigation', { name: 'Screens' }).getByRole('button');
    expect(unseen).toHaveLength(await rail.count());
    for (const [n, button] of (await rail.all()).entries())
      expect(unseen[n]).toBe(`button "${await button.getAttribute('aria-label')}"`);
  });
});
