// Every state of the keychain as the screen shows it.
import { describe, expect, test } from 'vitest';
import { KeychainState } from '../../../../preload/contract/keys.ts';
import { keychain } from '../../../support/fake-core/keys.ts';
import { core, details, dialog, focusList, list, openKeys, row } from './keys-window.ts';

describe('the keychain', () => {
  const broken = KeychainState.options.filter((state) => state !== 'ready');

  test.each(broken)('%s: one banner with text and remedy, and the rows stay', async (state) => {
    const status = keychain(state, { text: `It is ${state}.`, remedy: `Mend ${state}.` });
    const page = await openKeys({ status: { keychain: status } });
    const banner = page.getByRole('region', { name: 'Keys' }).locator('[role=alert], [role=status]').first();
    await banner.getByText(`It is ${state}.`).waitFor();
    await banner.getByText(`Mend ${state}.`).waitFor();
    expect(await list(page).getByRole('option').count()).toBe(core().state.keys.length);
  });

  test('ready: no banner', async () => {
    const page = await openKeys();
    await row(page, 'prod-oncall').waitFor();
    expect(await page.getByRole('button', { name: /^(Unlock|Probe again)$/ }).count()).toBe(0);
  });

  test('locked: Unlock asks the system, and the banner goes when it is open', async () => {
    const asked: boolean[] = [];
    const page = await openKeys({
      status: { keychain: keychain('locked') },
      handlers: {
        'keychain.probe': ({ unlock }) => {
          asked.push(unlock);
          const { state } = core();
          state.status = { ...state.status, keychain: keychain('ready') };
          state.change('keysVersion');
          return state.status.keychain;
        },
      },
    });
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('The keychain is locked.').waitFor({ state: 'detached' });
    expect(asked).toEqual([true]);
  });

  test('while a call hangs the window answers every key', async () => {
    const never = new Promise<never>(() => {});
    const page = await openKeys({
      status: { keychain: keychain('hung') },
      handlers: { 'keychain.probe': () => never, 'keys.check': () => never },
    });
    await page.getByRole('button', { name: 'Probe again' }).click();
    await page.getByText('Probing…').waitFor();
    await focusList(page);
    await details(page).getByRole('button', { name: 'Check' }).click();
    await row(page, 'prod-oncall').getByText('Checking…').waitFor();
    await list(page).focus();
    await page.keyboard.press('j');
    expect(await row(page, 'dev-sandbox').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('n');
    await dialog(page).waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
  });

  test('a locked vault is unlocked with its passphrase; a wrong one is said and wiped', async () => {
    const page = await openKeys({ status: { keychain: keychain('no-bus', { vault: 'locked' }) } });
    core().state.keys = core().state.keys.map((key) => ({ ...key, backend: 'vault' }));
    core().state.change('keysVersion');
    await page.getByRole('button', { name: 'Unlock vault…' }).click();
    const field = dialog(page).getByLabel('Passphrase');
    await field.fill('wrong');
    await page.keyboard.press('Enter');
    await dialog(page).getByText('This is not the passphrase of the vault.').waitFor();
    expect(await field.inputValue()).toBe('');
    await field.fill('right one');
    await page.keyboard.press('Enter');
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByText('The passphrase vault is locked').waitFor({ state: 'detached' });
  });
});
