import { afterAll, afterEach, expect, test } from 'vitest';
import { sampleHistory } from '../../support/fake-core/requests.ts';
import { closeWindows, type OpenWindow, openWindow, type WindowOptions } from '../../support/window.ts';

let window: OpenWindow;
afterEach(() => window.close());
afterAll(closeWindows);

async function palette(options: WindowOptions = {}, keys = 'Control+k') {
  window = await openWindow({ ui: { 'app.screen': 'settings' }, ...options });
  await window.page.getByRole('heading', { name: 'Keychain' }).waitFor();
  await window.page.keyboard.press(keys);
  const field = window.page.getByRole('combobox', { name: /Search commands/ });
  await field.waitFor();
  return { page: window.page, field, options: window.page.getByRole('option') };
}

test('a command is found by its letters, run by Enter, and is the first one next time', async () => {
  const { page, options } = await palette();
  await page.keyboard.type('dark theme');
  await expect.poll(() => options.first().textContent()).toContain('Use the dark theme');
  await page.keyboard.press('Enter');
  await expect.poll(() => window.core.state.settings['appearance.theme']).toBe('dark');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+k');
  await expect.poll(() => options.first().textContent()).toMatch(/Recent.*Use the dark theme/s);
});

test('what is typed at once after Ctrl K is in the field, and nowhere else', async () => {
  window = await openWindow({ ui: { 'app.screen': 'keys' } });
  const { page } = window;
  await page.getByRole('listbox', { name: 'Keys' }).focus();
  // In one turn of the page: no palette can be drawn in between. `n` would open the form for a key.
  await page.evaluate(() => {
    const press = (init: KeyboardEventInit) =>
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }),
      );
    press({ key: 'k', code: 'KeyK', ctrlKey: true });
    for (const key of ['n', 'e', 'x', 'Backspace', 'w']) press({ key });
  });
  const field = page.getByRole('combobox', { name: /Search commands/ });
  await expect.poll(() => field.inputValue()).toBe('new');
  await page.keyboard.type(' req');
  expect(await field.inputValue()).toBe('new req');
  expect(await page.getByRole('dialog').count()).toBe(1);
});

test('Escape closes it and gives the focus back', async () => {
  window = await openWindow({ ui: { 'app.screen': 'settings' } });
  const field = window.page.getByRole('searchbox', { name: 'Search settings' });
  await field.focus();
  await window.page.keyboard.press('Control+k');
  await window.page.getByRole('dialog').waitFor();
  await window.page.keyboard.press('Escape');
  await window.page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('@ finds keys by name and shows four characters at the most', async () => {
  const { page, options } = await palette();
  await page.keyboard.type('@prod');
  await expect.poll(() => options.count()).toBe(1);
  expect(await options.first().textContent()).toContain('prod-oncall');
  expect(await options.first().textContent()).toContain('··7Qx2');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.locator('nav[aria-label=Screens] [aria-current=page]').getAttribute('aria-label'))
    .toContain('Keys');
});

test('# finds models of providers that can be used', async () => {
  const { page, options } = await palette();
  await page.keyboard.type('#demo-1');
  await expect.poll(() => options.first().textContent()).toContain('demo-1');
});

test('/ asks the history once typing has paused', async () => {
  const asked: string[] = [];
  const { page, options } = await palette({
    handlers: {
      'history.list': ({ q }) => {
        asked.push(q);
        return { rows: sampleHistory(2).map(({ row }) => ({ ...row, snippet: null })), next: null, total: 2 };
      },
    },
  });
  asked.length = 0;
  // All letters within one turn, so that no pause comes in on a busy machine.
  await page.evaluate(() => {
    for (const letter of '/timeline') document.execCommand('insertText', false, letter);
  });
  await expect.poll(() => options.last().textContent()).toContain('Extract timeline');
  expect(asked).toEqual(['timeline']);
});

test('Ctrl Shift P offers commands alone; Ctrl P stored requests', async () => {
  const { page, field } = await palette({}, 'Control+Shift+p');
  expect(await field.inputValue()).toBe('>');
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+p');
  await expect.poll(() => field.inputValue()).toBe('/');
});

test('what matches nothing is said', async () => {
  const { page } = await palette();
  await page.keyboard.type('>qqqqqqq');
  await page.getByText('Nothing matches “qqqqqqq”.').waitFor();
});

test('@ without any key says so and offers to add one', async () => {
  const { page, options } = await palette({ keys: [] });
  await page.keyboard.type('@prod');
  await page.getByRole('status').getByText('No keys yet.').waitFor();
  await expect.poll(() => options.allTextContents()).toEqual([expect.stringContaining('Add key')]);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Add a key' }).waitFor();
});

test(': jumps to an event of the response on show, and asks for one where there is none', async () => {
  const { page, options } = await palette();
  await page.keyboard.type(':3');
  await page.getByRole('status').getByText('Open a response to jump to its events.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+4');
  await page
    .getByRole('option', { name: /Summarise incident/ })
    .first()
    .waitFor();
  await page.getByRole('listbox', { name: /^Requests/ }).press('Home');
  await page.getByRole('tab', { name: /^Events/ }).click();
  const events = page.getByRole('listbox', { name: 'Event timeline' });
  await events.getByText('message_start').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Search commands/ }).waitFor();
  await page.keyboard.type(':3');
  await expect.poll(() => options.first().textContent()).toMatch(/^Events/);
  await page.keyboard.press('Enter');
  await expect.poll(() => events.evaluate((list) => list === document.activeElement)).toBe(true);
  await expect.poll(() => events.locator('[aria-selected=true]').textContent()).toMatch(/^3/);
});

test('keys of the app do not act behind it', async () => {
  const { page } = await palette();
  await page.keyboard.press('Control+1');
  expect(await page.locator('nav[aria-label=Screens] [aria-current=page]').getAttribute('aria-label')).toBe(
    'Settings',
  );
});
