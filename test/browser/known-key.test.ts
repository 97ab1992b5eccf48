// A stored key on its way to where it should not go by mistake: into a prompt.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { type Keyring, keyringMissing, startKeyring } from '../support/keyring.ts';
import { type ProviderServer, startProviderServer } from '../support/provider-server.ts';
import { type AppWindow, openAppWindow, type RunningApp, startApp } from '../support/running-app.ts';
import { violationsInBothThemes } from './support/accessible.ts';
import {
  ended,
  fillKey,
  goTo,
  keyRow,
  output,
  promptField,
  region,
  send,
  setModel,
  submitKey,
} from './support/screens.ts';

const missing = keyringMissing() ?? (chromiumPath ? null : 'no Chromium was found');
if (missing) console.log(`Skipped: prompts that hold a key, because ${missing}.`);

const NAME = 'work-server';
const SECRET = `CANARY-${randomUUID()}`;

describe.skipIf(missing)('a prompt that holds a stored key', () => {
  let keyring: Keyring;
  let app: RunningApp;
  let window: AppWindow;
  let server: ProviderServer;
  const page = () => window.page;
  const question = () => page().getByRole('dialog', { name: `This prompt holds your key "${NAME}".` });

  beforeAll(async () => {
    keyring = await startKeyring({ state: 'unlocked' });
    server = await startProviderServer((key) => key === SECRET);
    app = await startApp({ env: keyring.env });
    window = await openAppWindow(app.url);
    await goTo(page(), 'Keys');
    const key = { provider: 'OpenAI-compatible', name: NAME, baseUrl: `${server.origin}/openai/v1` };
    await submitKey(await fillKey(page(), { ...key, secret: SECRET }));
    await keyRow(page(), NAME).getByText('OK', { exact: true }).waitFor();
  });
  afterAll(async () => {
    await window?.close();
    await app?.close();
    await server?.close();
    await keyring?.close();
  });

  it('begins with a request made from the key itself: provider, base URL and key are chosen', async () => {
    await region(page(), 'Key details').getByRole('button', { name: 'Use in Explorer' }).click();
    const bar = region(page(), 'Address and key');
    await bar.getByRole('combobox', { name: 'Key', exact: true }).filter({ hasText: NAME }).waitFor();
    const provider = bar.getByRole('combobox', { name: 'Provider', exact: true });
    await provider.filter({ hasText: 'OpenAI-compatible' }).waitFor();
    const baseUrl = bar.getByRole('textbox', { name: 'Base URL' });
    expect(await baseUrl.inputValue()).toBe(`${server.origin}/openai/v1`);
    await setModel(page(), 'demo-1');
    await send(page(), 'About lighthouses.');
    await ended(page(), 'Done');
  });

  it('is not sent without a question; the answer that was there stays', async () => {
    const before = await output(page()).innerText();
    const asked = server.credentials.length;
    await promptField(page()).fill(`Why is ${SECRET} refused?`);
    await page().keyboard.press('Control+Enter');
    await question().getByText('Nothing has been sent.').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    // Enter does the safe thing.
    await question().getByRole('button', { name: 'Do not send' }).and(page().locator(':focus')).waitFor();
    await page().keyboard.press('Enter');
    await question().waitFor({ state: 'detached' });
    expect(server.credentials).toHaveLength(asked);
    expect(await output(page()).innerText()).toBe(before);
    expect(await promptField(page()).inputValue()).toContain(SECRET);
    await ended(page(), 'Done');
  });

  it('leaves as it is when the person says so; History has the name of the key', async () => {
    const asked = server.credentials.length;
    await page().keyboard.press('Control+Enter');
    await question().getByRole('button', { name: 'Send anyway' }).click();
    await ended(page(), 'Done');
    expect(server.credentials).toHaveLength(asked + 1);
    await goTo(page(), 'History');
    const rows = page()
      .getByRole('listbox', { name: /^Requests/ })
      .getByRole('option');
    await rows.filter({ hasText: `[key:${NAME}]` }).waitFor();
    expect(await rows.filter({ hasText: 'demo-1' }).allInnerTexts()).toEqual([
      expect.stringContaining(`[key:${NAME}]`),
      expect.stringContaining('lighthouses'),
    ]);
  });
});
