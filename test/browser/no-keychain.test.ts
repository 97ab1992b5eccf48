// A machine without a keychain: keys live in memory or in a passphrase vault, by explicit choice only.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { type Keyring, keyringMissing, startKeyring } from '../support/keyring.ts';
import { type ProviderServer, startProviderServer } from '../support/provider-server.ts';
import { type AppWindow, openAppWindow, type RunningApp, startApp } from '../support/running-app.ts';
import { violationsInBothThemes } from './support/accessible.ts';
import {
  banner,
  choose,
  ended,
  fillKey,
  goTo,
  keyRow,
  region,
  send,
  setModel,
  submitKey,
} from './support/screens.ts';

const missing = keyringMissing() ?? (chromiumPath ? null : 'no Chromium was found');
if (missing) console.log(`Skipped: the window without a keychain needs what is not here: ${missing}.`);

const IN_MEMORY = `CANARY-${randomUUID()}`;
const IN_VAULT = `CANARY-${randomUUID()}`;
const PASSPHRASE = `a passphrase of ${randomUUID()}`;

describe.skipIf(missing)('keys without a keychain', () => {
  let keyring: Keyring;
  let app: RunningApp;
  let window: AppWindow;
  let server: ProviderServer;
  const page = () => window.page;
  const keys = () => region(page(), 'Keys');
  const open = async () => {
    app = await startApp({ ...(app ? { dataDir: app.dataDir } : {}), env: keyring.env });
    window = await openAppWindow(app.url);
  };
  const reopen = async () => {
    await window.close();
    await app.stop();
    await open();
    await goTo(page(), 'Keys');
  };
  const fill = (name: string, secret: string) =>
    fillKey(page(), { provider: 'OpenAI-compatible', name, baseUrl: `${server.origin}/openai/v1`, secret });
  const sendWith = async (name: string) => {
    await goTo(page(), 'Explorer');
    await choose(page(), page(), 'Provider', 'OpenAI-compatible');
    await page().getByRole('textbox', { name: 'Base URL' }).fill(`${server.origin}/openai/v1`);
    await choose(page(), page(), 'Key', new RegExp(`^${name} `));
    await setModel(page(), 'demo-1');
    await send(page());
  };

  beforeAll(async () => {
    keyring = await startKeyring({ state: 'absent' });
    server = await startProviderServer((key) => key === IN_MEMORY || key === IN_VAULT);
    await open();
  });
  afterAll(async () => {
    await window?.close();
    await app?.close();
    await server?.close();
    await keyring?.close();
  });

  it('says so with what to do, and marks Keys in the rail', async () => {
    await goTo(page(), 'Keys');
    await keys().getByText('There is a session bus, but no keychain service answers on it.').waitFor();
    await keys()
      .getByText(/Install and start a keyring such as gnome-keyring or KWallet/)
      .waitFor();
    await page().getByRole('button', { name: 'Keys, needs attention' }).waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
  });

  it('stores nothing until the person has chosen where, and has ticked what it costs', async () => {
    const dialog = await fill('until I quit', IN_MEMORY);
    await submitKey(dialog);
    await dialog.getByText('Choose where the key should live.').waitFor();
    await dialog.getByRole('radio', { name: 'In memory until Keybench quits' }).click();
    await submitKey(dialog);
    await dialog.getByText('Tick the box first.').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    expect(server.credentials).toEqual([]);
    await dialog
      .getByRole('checkbox', { name: 'I understand that the key is lost when Keybench quits.' })
      .click();
    await submitKey(dialog);
    await keyRow(page(), 'until I quit').getByText('OK', { exact: true }).waitFor();
    expect(server.credentials).toEqual([IN_MEMORY]);
    await region(page(), 'Key details').getByText('Memory, until Keybench quits').waitFor();
  });

  it('sends with the key in memory', async () => {
    await sendWith('until I quit');
    await ended(page(), 'Done');
    expect(server.credentials.at(-1)).toBe(IN_MEMORY);
  });

  it('keeps the row after a restart, says that its key is gone, and takes the next one into a new vault', async () => {
    await reopen();
    await keyRow(page(), 'until I quit').getByText('Missing').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    const dialog = await fill('in the vault', IN_VAULT);
    await dialog.getByRole('radio', { name: 'In a passphrase vault' }).click();
    await dialog.getByLabel('Choose a passphrase').fill('short');
    await submitKey(dialog);
    await dialog.getByText('Use at least 8 characters.').waitFor();
    await dialog.getByLabel('Choose a passphrase').fill(PASSPHRASE);
    await dialog.getByLabel('Repeat the passphrase').fill(`${PASSPHRASE}!`);
    await submitKey(dialog);
    await dialog.getByText('The two passphrases are not the same.').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    await dialog.getByLabel('Repeat the passphrase').fill(PASSPHRASE);
    await submitKey(dialog);
    await keyRow(page(), 'in the vault').getByText('OK', { exact: true }).waitFor({ timeout: 60_000 });
    await region(page(), 'Key details').getByText('Passphrase vault file').waitFor();
    const vault = fs.readFileSync(path.join(app.dataDir, 'vault.json'), 'utf8');
    expect(vault).not.toContain(IN_VAULT);
    expect(fs.statSync(path.join(app.dataDir, 'vault.json')).mode & 0o777).toBe(0o600);
  });

  it('finds the vault locked after a restart: nothing is sent until it is opened', async () => {
    await reopen();
    await keyRow(page(), 'in the vault').getByText('Locked').waitFor();
    await keys().getByText('The passphrase vault is locked').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    const before = server.credentials.length;
    await sendWith('in the vault');
    await ended(page(), 'Failed');
    await banner(page()).getByText('The vault is locked.').waitFor();
    await banner(page())
      .getByText(/Nothing was sent\./)
      .waitFor();
    expect(server.credentials).toHaveLength(before);
  });

  it('opens it with the passphrase, and with no other', async () => {
    await reopen();
    await keys().getByRole('button', { name: 'Unlock vault…' }).click();
    const dialog = page().getByRole('dialog', { name: 'Unlock the passphrase vault' });
    await dialog.getByLabel('Passphrase').fill('not the passphrase');
    await page().keyboard.press('Enter');
    await dialog
      .getByText(/passphrase is (wrong|not right)|wrong passphrase|does not open/i)
      .waitFor({ timeout: 60_000 });
    expect(await violationsInBothThemes(page())).toEqual([]);
    await dialog.getByLabel('Passphrase').fill(PASSPHRASE);
    await page().keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden', timeout: 60_000 });
    await sendWith('in the vault');
    await ended(page(), 'Done');
    expect(server.credentials.at(-1)).toBe(IN_VAULT);
    const shown = await page().evaluate(() => document.documentElement.outerHTML);
    for (const secret of [IN_MEMORY, IN_VAULT, PASSPHRASE]) expect(shown).not.toContain(secret);
  });
});
