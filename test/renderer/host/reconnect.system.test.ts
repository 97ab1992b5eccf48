import { afterAll, afterEach, expect, test } from 'vitest';
import { closeWindows, type OpenWindow, openWindow } from '../../support/window.ts';

let window: OpenWindow;
afterEach(() => window.close());
afterAll(closeWindows);

const LOST = 'The connection to Keybench was lost.';

test('a lost socket is said, made anew, and what changed meanwhile is read again', async () => {
  window = await openWindow({ transport: 'ws', ui: { 'app.screen': 'keys' } });
  const { page, core } = window;
  await page.getByText('prod-oncall').first().waitFor();
  window.dropSocket(true);
  await page.getByText(LOST).waitFor();
  expect(await page.getByText('prod-oncall').first().isVisible()).toBe(true);
  core.state.keys = core.state.keys.map((key) =>
    key.name === 'prod-oncall' ? { ...key, name: 'prod-renamed' } : key,
  );
  window.admit();
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.getByText('prod-renamed').first().waitFor();
  expect(await page.getByText(LOST).count()).toBe(0);
});

test('it comes back by itself', async () => {
  window = await openWindow({ transport: 'ws' });
  window.dropSocket();
  await window.page.getByText(LOST).waitFor();
  await window.page.getByText(LOST).waitFor({ state: 'hidden' });
});
