import { afterAll, afterEach, expect, test } from 'vitest';
import { keychain } from '../../../support/fake-core/keys.ts';
import { closeWindows, type OpenWindow, openWindow, type WindowOptions } from '../../../support/window.ts';

let window: OpenWindow;
afterEach(() => window.close());
afterAll(closeWindows);

async function settings(options: WindowOptions = {}) {
  window = await openWindow({ ui: { 'app.screen': 'settings' }, ...options });
  await window.page.getByRole('heading', { name: 'Keychain' }).waitFor();
  return window;
}

test('a number is applied when typing ends, can be undone, and can be reset', async () => {
  const { page, core } = await settings();
  const field = page.getByRole('spinbutton', { name: 'Idle timeout, s' });
  await field.fill('90');
  await field.press('Enter');
  await expect.poll(() => core.state.settings['requests.idleSeconds']).toBe(90);
  await page.getByText('Idle timeout: 90 s').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => core.state.settings['requests.idleSeconds']).toBe(60);
  await expect.poll(() => field.inputValue()).toBe('60');
  await field.fill('45');
  await field.blur();
  await page.getByRole('button', { name: 'Reset “Idle timeout” to 60 s' }).click();
  await expect.poll(() => core.state.settings['requests.idleSeconds']).toBe(60);
  await expect.poll(() => page.getByRole('button', { name: /^Reset “Idle/ }).count()).toBe(0);
});

test.each(['0', '99999', '1.5', 'soon', ''])(
  'a value that does not fit (%j) stays in the field with its sentence and is not saved',
  async (text) => {
    const { page, core } = await settings();
    const field = page.getByRole('spinbutton', { name: 'Idle timeout, s' });
    await field.fill(text);
    await field.blur();
    await page.getByText('Give a whole number from 1 to 1,800 s. The setting was not changed.').waitFor();
    expect(await field.inputValue()).toBe(text);
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    expect(core.state.settings['requests.idleSeconds']).toBe(60);
  },
);

test('the theme is applied at once', async () => {
  const { page, core } = await settings({ theme: 'dark' });
  await page.getByRole('radio', { name: 'Light' }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  await expect.poll(() => core.state.settings['appearance.theme']).toBe('light');
});

test('search narrows to what fits; Escape clears it; no match is said', async () => {
  const { page } = await settings();
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  await search.fill('idle');
  await expect.poll(() => page.getByRole('spinbutton').count()).toBe(1);
  await search.press('Escape');
  await expect.poll(() => search.inputValue()).toBe('');
  await search.fill('nothing like it');
  await page.getByText('No setting matches “nothing like it”.').waitFor();
});

test('a locked keychain can be unlocked from here', async () => {
  const { page } = await settings({ status: { keychain: keychain('locked') } });
  await page.getByText('The keychain is locked.').waitFor();
  await page.getByRole('button', { name: 'Unlock…' }).click();
  await page.getByRole('button', { name: 'Probe again' }).waitFor();
});

test('a vault is created with a passphrase typed twice, locked, and opened again', async () => {
  const { page } = await settings();
  await page.getByRole('button', { name: 'Create vault…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse');
  await dialog.getByLabel('Repeat the passphrase').fill('wrong horse');
  await dialog.getByRole('button', { name: 'Create vault' }).click();
  await dialog.getByText('The two passphrases differ.').waitFor();
  await dialog.getByLabel('Repeat the passphrase').fill('correct horse');
  await dialog.getByRole('button', { name: 'Create vault' }).click();
  await page.getByRole('button', { name: 'Lock vault' }).click();
  await page.getByRole('button', { name: 'Unlock vault…' }).click();
  await dialog.getByLabel('Passphrase').fill('wrong');
  await page.keyboard.press('Enter');
  await dialog.getByText('This is not the passphrase of the vault.').waitFor();
  await expect.poll(() => dialog.getByLabel('Passphrase').inputValue()).toBe('');
  await dialog.getByLabel('Passphrase').fill('correct horse');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Lock vault' }).waitFor();
});

test('all history is deleted only after a second yes, which starts on Cancel', async () => {
  const { page, core } = await settings();
  await page.getByRole('button', { name: 'Delete all history…' }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(core.state.history).toHaveLength(60);
  await page.getByRole('button', { name: 'Delete all history…' }).click();
  await page.getByRole('button', { name: 'Delete all', exact: true }).click();
  await page.getByText('60 requests were deleted.').waitFor();
  expect(core.state.history).toHaveLength(0);
});
