import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { keychain } from '../../support/fake-core/keys.ts';
import { closeWindows, type OpenWindow, openWindow, type WindowOptions } from '../../support/window.ts';

let open: OpenWindow[] = [];
afterEach(async () => {
  for (const window of open) await window.close();
  open = [];
});
afterAll(closeWindows);

async function opened(options: WindowOptions = {}): Promise<OpenWindow> {
  const window = await openWindow(options);
  open.push(window);
  return window;
}
const focused = (window: OpenWindow) =>
  window.page.evaluate(
    () =>
      document.activeElement?.closest('[data-pane]')?.querySelector('h2')?.textContent ??
      document.activeElement?.closest('[data-pane]')?.getAttribute('aria-label') ??
      null,
  );

describe.each(['dark', 'light'] as const)('in the %s theme', (theme) => {
  test('axe finds nothing in the frame, the palette, the sheet and the settings', async () => {
    const { page, problems } = await opened({ theme, ui: { 'app.screen': 'settings' } });
    await page.getByRole('heading', { name: 'Keychain' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('the choice in the settings holds, whatever the system prefers', async () => {
    const other = theme === 'dark' ? 'light' : 'dark';
    const { page } = await opened({ theme: other, settings: { 'appearance.theme': theme } });
    const [r] = await page.evaluate(() =>
      getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number),
    );
    expect(r! < 128).toBe(theme === 'dark');
  });
});

test('the sheet and the settings say which keys a list understands', async () => {
  const { page } = await opened({ ui: { 'app.screen': 'settings' } });
  await page.getByRole('heading', { name: 'In lists' }).waitFor();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByRole('heading', { name: 'In lists' }).waitFor();
  expect(await sheet.getByText('First, last row').count()).toBe(1);
});

test('F6 walks through every pane and back to the first; Shift F6 the other way', async () => {
  const window = await opened({ ui: { 'app.screen': 'settings' } });
  await window.page.getByRole('heading', { name: 'Keychain' }).waitFor();
  const seen: (string | null)[] = [];
  for (let n = 0; n < 5; n++) {
    await window.page.keyboard.press('F6');
    seen.push(await focused(window));
  }
  expect(seen).toEqual(['Screens', 'Settings sidebar', 'Settings', 'Status', 'Screens']);
  await window.page.keyboard.press('Shift+F6');
  expect(await focused(window)).toBe('Status');
});

test('a pane gets back the focus where it was left', async () => {
  const { page } = await opened({ ui: { 'app.screen': 'settings' } });
  const field = page.getByRole('spinbutton', { name: 'Idle timeout, s' });
  await field.focus();
  await page.keyboard.press('F6');
  await page.keyboard.press('Shift+F6');
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('Ctrl and a number open a screen; Ctrl B closes and opens the sidebar', async () => {
  const { page } = await opened();
  const current = page.locator('nav[aria-label=Screens] [aria-current=page]');
  for (const [keys, name] of [
    ['Control+1', 'Keys'],
    ['Control+4', 'History'],
    ['Control+,', 'Settings'],
    ['Control+2', 'Explorer'],
  ] as const) {
    await page.keyboard.press(keys);
    await expect.poll(() => current.getAttribute('aria-label')).toContain(name);
  }
  const sidebar = page.getByRole('region', { name: 'Explorer sidebar' });
  expect(await sidebar.isVisible()).toBe(true);
  await page.keyboard.press('Control+b');
  await expect.poll(() => sidebar.isVisible()).toBe(false);
  await page.keyboard.press('Control+b');
  await expect.poll(() => sidebar.isVisible()).toBe(true);
});

test('the sidebar is resized by arrow keys, within its bounds, and its width is kept', async () => {
  const { page, core } = await opened({ ui: { 'app.screen': 'settings' } });
  const handle = page.getByRole('separator').first();
  await handle.focus();
  const width = () =>
    page
      .getByRole('region', { name: 'Settings sidebar' })
      .evaluate((box) => Math.round(box.getBoundingClientRect().width));
  await expect.poll(width).toBe(240);
  await page.keyboard.press('ArrowRight');
  await expect.poll(width).toBeGreaterThan(240);
  for (let n = 0; n < 10; n++) await page.keyboard.press('ArrowRight');
  await expect.poll(width).toBe(420);
  await page.keyboard.press('Home');
  await expect.poll(width).toBe(180);
  await expect.poll(() => (core.state.ui['split.frame'] as { sidebar?: number })?.sidebar).toBe(180);
});

test('a toggled sidebar does not build the screen anew', async () => {
  const { page } = await opened({ ui: { 'app.screen': 'settings' } });
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  await search.fill('idle');
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Control+b');
  expect(await search.inputValue()).toBe('idle');
});

test('a screen keeps what was typed while another was open', async () => {
  const { page } = await opened({ ui: { 'app.screen': 'settings' } });
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('demo');
  await page.keyboard.press('Control+1');
  await page.getByRole('searchbox', { name: 'Search settings' }).waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+,');
  expect(await page.getByRole('searchbox', { name: 'Search settings' }).inputValue()).toBe('demo');
});

test.each([
  [1024, 700],
  [800, 600],
  [720, 450], // 1440 × 900 at 200 %
])('at %d × %d nothing of the frame is cut off and the page does not scroll', async (width, height) => {
  const { page } = await opened({ width, height, ui: { 'app.screen': 'settings' } });
  const outside = await page.evaluate(() => {
    const frame = [...document.querySelectorAll('header button, nav button, footer button')];
    const cut = frame.filter((element) => {
      const box = element.getBoundingClientRect();
      return box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5 || box.left < 0 || box.top < 0;
    });
    return { count: frame.length, cut: cut.map((element) => element.outerHTML.slice(0, 120)) };
  });
  expect(outside.count).toBeGreaterThan(6);
  expect(outside.cut).toEqual([]);
  await page.evaluate(() => document.querySelector('[data-section=about]')?.scrollIntoView());
  expect(
    await page.evaluate(() => [
      scrollX,
      scrollY,
      document.documentElement.scrollTop,
      document.body.scrollTop,
    ]),
  ).toEqual([0, 0, 0, 0]);
  expect(await page.locator('header').evaluate((element) => element.getBoundingClientRect().top)).toBe(0);
});

test('every target of the frame is at least 24 × 24', async () => {
  const { page } = await opened({ ui: { 'app.screen': 'settings' } });
  await page.getByRole('heading', { name: 'Keychain' }).waitFor();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, [role=radio], [role=switch], a[href]')].flatMap(
      (element) => {
        if (!element.checkVisibility()) return [];
        const box = element.getBoundingClientRect();
        // What widens a small control for the pointer is its ::before.
        const before = getComputedStyle(element, '::before');
        const wide = before.content !== 'none' && before.position === 'absolute';
        const [width, height] = wide
          ? [box.width - 2 * Number.parseFloat(before.left), box.height - 2 * Number.parseFloat(before.top)]
          : [box.width, box.height];
        return width < 23.5 || height < 23.5
          ? [`${Math.round(width)}×${Math.round(height)} ${element.outerHTML.slice(0, 120)}`]
          : [];
      },
    ),
  );
  expect(small).toEqual([]);
});

test('with reduced motion nothing moves; with motion nothing that floats takes over 120 ms', async () => {
  const longest = async (reducedMotion: boolean) => {
    const { page } = await opened({ reducedMotion });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    return page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('*')].flatMap((element) => {
          const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
          const seconds = transitionDuration.split(',').map(Number.parseFloat);
          return animationName === 'none' ? seconds : [...seconds, Number.parseFloat(animationDuration)];
        }),
      ),
    );
  };
  expect(await longest(true)).toBe(0);
  const moving = await longest(false);
  expect(moving).toBeGreaterThan(0);
  expect(moving).toBeLessThanOrEqual(0.12);
});

test('in forced colours the chosen screen and the switch are still told apart', async () => {
  const { page } = await opened({ forcedColors: true, ui: { 'app.screen': 'settings' } });
  const color = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await color('nav [aria-current=page]')).not.toBe(await color('nav button:not([aria-current])'));
  expect(
    await page
      .getByRole('switch')
      .first()
      .evaluate((element) => getComputedStyle(element).borderTopWidth),
  ).toBe('1px');
});

test('a keychain that is not ready shows in the status bar and as a dot on Keys, with words', async () => {
  const { page, core } = await opened({ status: { keychain: keychain('locked') } });
  await page.getByRole('button', { name: 'Keychain locked' }).waitFor();
  await page.getByRole('button', { name: 'Keys, needs attention' }).waitFor();
  core.state.status = { ...core.state.status, keychain: keychain('ready') };
  core.state.change('keysVersion');
  await page.getByRole('button', { name: 'Keychain ready' }).waitFor();
  expect(await page.getByRole('button', { name: 'Keys, needs attention' }).count()).toBe(0);
});

test('a database that cannot be written is said in one banner and in the status bar', async () => {
  const database = {
    state: 'memory' as const,
    path: '/x/keybench.db',
    problem: 'The history file is not a database.',
    remedy: 'Move it away and start Keybench again; until then nothing is kept.',
  };
  const { page } = await opened({ status: { database } });
  await page.getByText(database.problem).waitFor();
  await page.getByText(database.remedy).waitFor();
  await page.getByRole('button', { name: 'History is not kept' }).waitFor();
});
