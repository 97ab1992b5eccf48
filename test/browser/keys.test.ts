// "Add an Anthropic, OpenAI, Hugging Face or OpenAI-compatible key by name. It goes into the OS keychain and never comes
// back out to the screen. Choose it and send; switch provider and send again." With a real gnome-keyring.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { type Keyring, keyringMissing, startKeyring } from '../support/keyring.ts';
import { type ProviderServer, startProviderServer } from '../support/provider-server.ts';
import { type AppWindow, openAppWindow, type RunningApp, startApp } from '../support/running-app.ts';
import { violationsInBothThemes } from './support/accessible.ts';
import { secretsIn } from './support/keychain-content.ts';
import {
  banner,
  choose,
  ended,
  fillKey,
  goTo,
  keyDialog,
  keyRow,
  output,
  promptField,
  region,
  send,
  setModel,
  submitKey,
} from './support/screens.ts';

const missing = keyringMissing() ?? (chromiumPath ? null : 'no Chromium was found');
if (missing) console.log(`Skipped: keys in the window need what is not here: ${missing}.`);

const PROVIDERS = [
  ['Anthropic', 'my anthropic', '/anthropic', 'sk-ant-CANARY'],
  ['OpenAI', 'my openai', '/openai/v1', 'sk-CANARY'],
  ['Hugging Face', 'my hub', '/hf/v1', 'hf_CANARY'],
  ['OpenAI-compatible', 'my server', '/openai/v1', 'CANARY'],
] as const;

interface Owner {
  provider: string;
  name: string;
  secret: string;
  server: ProviderServer;
  baseUrl: string;
  /** The provider has revoked it. */
  revoked: boolean;
}

describe.skipIf(missing)('keys of four providers in the OS keychain', () => {
  let keyring: Keyring;
  let app: RunningApp;
  let window: AppWindow;
  const owners: Owner[] = [];
  const page = () => window.page;

  beforeAll(async () => {
    keyring = await startKeyring({ state: 'unlocked' });
    for (const [provider, name, family, prefix] of PROVIDERS) {
      const owner = { provider, name, secret: `${prefix}-${randomUUID()}`, revoked: false } as Owner;
      owner.server = await startProviderServer((key) => key === owner.secret && !owner.revoked);
      owner.baseUrl = owner.server.origin + family;
      owners.push(owner);
    }
    app = await startApp({ env: keyring.env });
    window = await openAppWindow(app.url);
  });
  afterAll(async () => {
    await window?.close();
    await app?.close();
    for (const { server } of owners) await server.close();
    await keyring?.close();
  });

  /** Everything the window shows or keeps, values of fields included. */
  const wholePage = () =>
    page().evaluate(() => {
      const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')];
      const kept = [{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie];
      return (
        document.documentElement.outerHTML + fields.map((one) => one.value).join() + JSON.stringify(kept)
      );
    });
  const expectNoSecret = async () => {
    const all = await wholePage();
    for (const { name, secret } of owners)
      expect(all.includes(secret), `the key of ${name} is shown`).toBe(false);
  };
  const openIn = async (owner: Owner) => {
    await goTo(page(), 'Explorer');
    await choose(page(), page(), 'Provider', owner.provider);
    await page().getByRole('textbox', { name: 'Base URL' }).fill(owner.baseUrl);
    await choose(page(), page(), 'Key', new RegExp(`^${owner.name} `));
    await setModel(page(), 'demo-1');
  };

  it('begins with none, and says where they will live', async () => {
    await goTo(page(), 'Keys');
    await page().getByText('Keys live in the OS keychain, never in a project file.').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
  });

  it('takes a key for each provider by name, and checks it there', async () => {
    for (const [n, owner] of owners.entries()) {
      const dialog = await fillKey(page(), owner);
      await dialog.getByText(`The key will only ever be sent to ${owner.server.origin}.`).waitFor();
      if (n === 0) expect(await violationsInBothThemes(page())).toEqual([]);
      await submitKey(dialog);
      await dialog.waitFor({ state: 'hidden' });
      await keyRow(page(), owner.name).getByText('OK', { exact: true }).waitFor();
      expect(owner.server.credentials).toEqual([owner.secret]);
    }
    expect(await violationsInBothThemes(page())).toEqual([]);
  });

  it('has put them into the keychain and left nothing of them in the window', async () => {
    expect(secretsIn(keyring)).toEqual(expect.arrayContaining(owners.map(({ secret }) => secret)));
    await expectNoSecret();
    await region(page(), 'Key details').getByText('Secret Service').waitFor();
  });

  it('sends with the key that was chosen, provider after provider, each to its own server only', async () => {
    for (const owner of owners) {
      const before = owners.map(({ server }) => server.credentials.length);
      await openIn(owner);
      await send(page(), `Say hello to ${owner.name}.`);
      await ended(page(), 'Done');
      expect(await output(page()).innerText()).toContain('Demo provider');
      for (const [at, { server, secret, name }] of owners.entries()) {
        const came = server.credentials.slice(before[at]);
        // The list of models may be asked for too; every request to a server carries that server's key.
        expect([...new Set(came)], name).toEqual(name === owner.name ? [secret] : []);
      }
    }
    await expectNoSecret();
    expect(await violationsInBothThemes(page())).toEqual([]);
  });

  it('keeps the prompt when the provider is switched', async () => {
    expect(await promptField(page()).inputValue()).toBe('Say hello to my server.');
    await openIn(owners[0]!);
    expect(await promptField(page()).inputValue()).toBe('Say hello to my server.');
  });

  it('shows the name of the key where a refusal has repeated its value', async () => {
    const [owner] = owners as [Owner];
    owner.revoked = true;
    await send(page());
    await ended(page(), 'Failed');
    await banner(page()).getByText(`401 authentication_error: invalid key: [key:${owner.name}]`).waitFor();
    await banner(page()).getByText('Check the key: it may be mistyped, expired or revoked.').waitFor();
    await expectNoSecret();
    expect(await violationsInBothThemes(page())).toEqual([]);
  });

  it('says on the Keys screen that the provider has rejected it', async () => {
    await goTo(page(), 'Keys');
    await keyRow(page(), 'my anthropic').click();
    await region(page(), 'Key details').getByRole('button', { name: 'Check', exact: true }).click();
    await keyRow(page(), 'my anthropic').getByText('Rejected 401').waitFor();
    await expectNoSecret();
    expect(await violationsInBothThemes(page())).toEqual([]);
  });

  it('renames a key; the keychain holds the same', async () => {
    await keyRow(page(), 'my hub').click();
    await page().keyboard.press('F2');
    await region(page(), 'Key details').getByRole('textbox', { name: 'Name' }).fill('hub of the team');
    await page().keyboard.press('Enter');
    await keyRow(page(), 'hub of the team').waitFor();
    expect(await keyRow(page(), 'my hub').count()).toBe(0);
    expect(secretsIn(keyring)).toContain(owners[2]!.secret);
  });

  it('deletes a key only after a question, from the keychain too', async () => {
    await keyRow(page(), 'my openai').click();
    await page().keyboard.press('Delete');
    const question = page().getByRole('dialog', { name: 'Delete my openai?' });
    await question.waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    await page().keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    expect(secretsIn(keyring)).toContain(owners[1]!.secret);
    await page().keyboard.press('Delete');
    await question.getByRole('button', { name: 'Delete key' }).click();
    await question.waitFor({ state: 'hidden' });
    await expect.poll(() => keyRow(page(), 'my openai').count()).toBe(0);
    expect(secretsIn(keyring)).not.toContain(owners[1]!.secret);
    expect(secretsIn(keyring)).toContain(owners[0]!.secret);
  });

  it('keeps the rows when the keychain is killed, says so, and uses the keys again when it is back', async () => {
    const owner = owners[3]!;
    await keyring.kill();
    await openIn(owner);
    await send(page());
    await ended(page(), 'Failed');
    await banner(page()).getByText('Nothing was sent.').waitFor();
    await goTo(page(), 'Keys');
    const keys = region(page(), 'Keys');
    await keys
      .getByRole('status')
      .getByText(/no keychain service answers|ended in the middle of a call/)
      .waitFor();
    for (const name of ['my anthropic', 'hub of the team', 'my server'])
      await keyRow(page(), name).getByText('Unavailable').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);

    await keyring.restart();
    await keys.getByRole('button', { name: 'Probe again' }).click();
    await page().getByRole('button', { name: 'Keychain ready' }).waitFor();
    await keyRow(page(), owner.name).getByText('Unavailable').waitFor({ state: 'hidden' });
    const before = owner.server.credentials.length;
    await goTo(page(), 'Explorer');
    await send(page());
    await ended(page(), 'Done');
    expect(owner.server.credentials.slice(before)).toContain(owner.secret);
  });

  it('has the same keys after a restart, from the keychain', async () => {
    await window.close();
    await app.stop();
    app = await startApp({ dataDir: app.dataDir, env: keyring.env });
    window = await openAppWindow(app.url);
    await goTo(page(), 'Keys');
    await keyRow(page(), 'my server').click();
    await region(page(), 'Key details').getByRole('button', { name: 'Check', exact: true }).click();
    await page().getByText('my server: ').first().waitFor();
    await keyRow(page(), 'my server').getByText('OK', { exact: true }).waitFor();
    expect(await keyDialog(page()).count()).toBe(0);
    await expectNoSecret();
  });
});
