// The Keys screen in real Chromium: the real window, contract and router over a fake core.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../../preload/contract/errors.ts';
import { KeychainState } from '../../../../preload/contract/keys.ts';
import { axeViolations } from '../../../support/axe-violations.ts';
import { keychain } from '../../../support/fake-core/keys.ts';
import { closeWindows, type OpenWindow, openWindow, type WindowOptions } from '../../../support/window.ts';

let win: OpenWindow;
afterEach(async () => {
  expect(win.problems).toEqual([]);
  await win.close();
});
afterAll(closeWindows);

async function openKeys(options: WindowOptions = {}): Promise<Page> {
  win = await openWindow({ ...options, ui: { 'app.screen': 'keys', ...options.ui } });
  return win.page;
}
const list = (page: Page) => page.getByRole('listbox', { name: 'Keys' });
const row = (page: Page, name: string) => list(page).getByRole('option', { name });
/** The modal one: toasts are dialogs too. */
const dialog = (page: Page) => page.locator('[data-modal]');
const details = (page: Page) => page.getByRole('region', { name: 'Key details' });
const names = () => win.core.state.keys.map(({ name }) => name);
const canary = () => `sk-CANARY-${crypto.randomUUID()}`;

async function focusList(page: Page) {
  await list(page).focus();
  await page.keyboard.press('Home');
}

describe('adding a key', () => {
  test('sends the secret exactly once, in keys.add, and leaves it nowhere in the window', async () => {
    const page = await openKeys();
    const secret = canary();
    // Everything the window posts, as it crosses the bridge.
    await page.evaluate(() => {
      const bridge = window as unknown as { __post(frame: unknown): void; sent: string[] };
      const post = bridge.__post;
      bridge.sent = [];
      bridge.__post = (frame) => {
        bridge.sent.push(JSON.stringify(frame));
        post(frame);
      };
    });
    await focusList(page);
    await page.keyboard.press('n');
    const field = dialog(page).getByLabel('Key', { exact: true });
    await expect.poll(() => field.evaluate((el) => el === document.activeElement)).toBe(true);
    expect(await field.getAttribute('type')).toBe('password');
    expect(await field.getAttribute('autocomplete')).toBe('off');
    expect(await field.getAttribute('placeholder')).toMatch(/^sk-ant-/);
    expect(await dialog(page).getByLabel('Name').inputValue()).toBe('anthropic-dev');
    await dialog(page).getByText('The key will only ever be sent to https://api.anthropic.com.').waitFor();
    await dialog(page).getByText('It will be stored in Secret Service.').waitFor();
    const input = await field.elementHandle();
    await page.keyboard.type(secret);
    await page.keyboard.press('Enter');
    await dialog(page).waitFor({ state: 'detached' });

    expect(names()).toContain('anthropic-dev');
    await row(page, 'anthropic-dev').waitFor();
    expect(await row(page, 'anthropic-dev').getAttribute('aria-selected')).toBe('true');
    await page.getByText('anthropic-dev: The provider accepted the key').waitFor();

    const sent = await page.evaluate(() => (window as unknown as { sent: string[] }).sent);
    const withSecret = sent.filter((frame) => frame.includes(secret));
    expect(withSecret).toHaveLength(1);
    expect(JSON.parse(withSecret[0]!)).toMatchObject({ t: 'open', m: 'keys.add', p: { secret } });
    expect(withSecret[0]!.split(secret)).toHaveLength(2);

    expect(await input!.evaluate((el) => (el as HTMLInputElement).value)).toBe('');
    expect(await page.content()).not.toContain(secret);
    const values = await page.$$eval('input, textarea', (all) =>
      all.map((one) => (one as HTMLInputElement).value),
    );
    expect(values.join()).not.toContain(secret);
    expect(JSON.stringify(await page.context().storageState())).not.toContain(secret);
    expect(await page.evaluate(() => location.href + JSON.stringify(history.state))).not.toContain(secret);
    expect(JSON.stringify(win.core.state.ui)).not.toContain(secret);
  });

  test('is nowhere in the state of React or its caches either', async () => {
    const page = await openKeys();
    const secret = canary();
    await page.getByRole('button', { name: 'Add key' }).first().click();
    await dialog(page).getByLabel('Key', { exact: true }).fill(secret);
    await dialog(page).getByRole('button', { name: 'Add key' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await row(page, 'anthropic-dev').waitFor();
    // Walks every fiber from the root: props, state and hooks, as developer tools would.
    const found = await page.evaluate((needle) => {
      const root = document.getElementById('root')!;
      const entry = Object.keys(root).find((key) => key.startsWith('__reactContainer'));
      const seen = new WeakSet<object>();
      const queue: unknown[] = [(root as unknown as Record<string, unknown>)[entry!]];
      let visited = 0;
      while (queue.length > 0) {
        const one = queue.pop();
        if (typeof one === 'string' && one.includes(needle)) return { hit: true, visited };
        if (one === null || (typeof one !== 'object' && typeof one !== 'function') || seen.has(one)) continue;
        if (one instanceof Window) continue;
        seen.add(one);
        visited++;
        if (one instanceof Map || one instanceof Set) queue.push(...one);
        for (const key of Reflect.ownKeys(one)) {
          const property = Object.getOwnPropertyDescriptor(one, key);
          if (property && 'value' in property) queue.push(property.value);
        }
      }
      return { hit: false, visited };
    }, secret);
    expect(found.visited).toBeGreaterThan(1000);
    expect(found.hit).toBe(false);
  });

  test('puts the sentences of core under their fields and keeps what was typed', async () => {
    const page = await openKeys();
    await page.getByRole('button', { name: 'Add key' }).first().click();
    const box = dialog(page);
    await box.getByRole('button', { name: 'Add key' }).click();
    await box.getByText('Paste the key.').waitFor();
    const secret = canary();
    await box.getByLabel('Name').fill('prod-oncall');
    await box.getByLabel('Key', { exact: true }).fill(secret);
    await page.keyboard.press('Enter');
    await box.getByText('There is a key named "prod-oncall" already. Choose another name.').waitFor();
    expect(await box.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
    expect(await box.getByLabel('Key', { exact: true }).inputValue()).toBe(secret);
    await box.getByLabel('Name').fill('another');
    await box.getByLabel('Key', { exact: true }).fill('short');
    await page.keyboard.press('Enter');
    await box.getByText(/A key has 8 to 1,200/).waitFor();
    const described = await box.getByLabel('Key', { exact: true }).getAttribute('aria-describedby');
    expect(await page.locator(`[id="${described}"]`).textContent()).toMatch(/A key has 8/);
    expect(await box.getByLabel('Name').inputValue()).toBe('another');
    expect(names()).not.toContain('another');
  });

  test('an OpenAI-compatible server has presets, and the binding follows the address', async () => {
    const page = await openKeys();
    await page.getByRole('button', { name: 'Add key' }).first().click();
    const box = dialog(page);
    await box.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'OpenAI-compatible' }).click();
    expect(await box.getByLabel('Name').inputValue()).toBe('compatible-dev');
    await box.getByRole('combobox', { name: 'Server' }).click();
    await page.getByRole('option', { name: /OpenRouter/ }).click();
    await box.getByText('The key will only ever be sent to https://openrouter.ai.').waitFor();
    await box.getByLabel('Base URL').fill('http://10.0.0.7:8000/v1');
    await box.getByText('The key will only ever be sent to http://10.0.0.7:8000.').waitFor();
    await box.getByLabel('Base URL').fill('not an address');
    await box.getByText('The key will only ever be sent to the server of this URL.').waitFor();
  });

  test('while the keychain cannot be used nothing is stored without a choice and consent', async () => {
    const page = await openKeys({ status: { keychain: keychain('no-bus') } });
    const box = dialog(page);
    await page.getByRole('button', { name: 'Add key' }).first().click();
    await box.getByLabel('Key', { exact: true }).fill(canary());
    await box.getByRole('button', { name: 'Add key' }).click();
    await box.getByText('Choose where the key should live.').waitFor();
    await box.getByRole('radio', { name: /In memory until Keybench quits/ }).click();
    await box.getByRole('button', { name: 'Add key' }).click();
    await box.getByText('Tick the box first.').waitFor();
    expect(names()).not.toContain('anthropic-dev');
    expect(win.core.state.status.keychain.memoryAllowed).toBe(false);
    await box.getByRole('checkbox', { name: /lost when Keybench quits/ }).click();
    await box.getByRole('button', { name: 'Add key' }).click();
    await box.waitFor({ state: 'detached' });
    expect(win.core.state.keys.at(-1)).toMatchObject({ name: 'anthropic-dev', backend: 'memory' });
    await details(page).getByText('Memory, until Keybench quits').waitFor();
  });

  test('a passphrase vault is made with the key, and its passphrase is typed twice', async () => {
    const page = await openKeys({ status: { keychain: keychain('no-service') } });
    const box = dialog(page);
    await page.getByRole('button', { name: 'Add key' }).first().click();
    await box.getByLabel('Key', { exact: true }).fill(canary());
    await box.getByRole('radio', { name: /In a passphrase vault/ }).click();
    await box.getByLabel('Choose a passphrase').fill('correct horse');
    await box.getByLabel('Repeat the passphrase').fill('correct house');
    await box.getByRole('button', { name: 'Add key' }).click();
    await box.getByText('The two passphrases are not the same.').waitFor();
    expect(win.core.state.status.keychain.vault).toBe('absent');
    await box.getByLabel('Repeat the passphrase').fill('correct horse');
    await box.getByRole('button', { name: 'Add key' }).click();
    await box.waitFor({ state: 'detached' });
    expect(win.core.state.keys.at(-1)).toMatchObject({ backend: 'vault' });
    expect(await page.content()).not.toContain('correct horse');
  });

  test('"Get a key" opens the page of the provider through core', async () => {
    const opened: string[] = [];
    const page = await openKeys({
      handlers: {
        'app.openLink': ({ url }) => {
          opened.push(url);
          return null;
        },
      },
    });
    await page.getByRole('button', { name: 'Add key' }).first().click();
    await dialog(page).getByRole('button', { name: 'Get a key' }).click();
    await expect.poll(() => opened).toHaveLength(1);
    expect(opened[0]).toMatch(/^https:\/\//);
  });
});

describe('working with keys', () => {
  test('everything is done by keyboard: move, rename, check, delete', async () => {
    const page = await openKeys();
    await focusList(page);
    await page.keyboard.press('j');
    expect(await row(page, 'dev-sandbox').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('k');
    await page.keyboard.press('F2');
    const name = details(page).getByLabel('Name');
    await expect.poll(() => name.evaluate((el) => el === document.activeElement)).toBe(true);
    await page.keyboard.type('prod-night');
    await page.keyboard.press('Enter');
    await row(page, 'prod-night').waitFor();
    expect(names()[0]).toBe('prod-night');
    // The focus is back in the list, and Enter goes on to the actions.
    await expect.poll(() => list(page).evaluate((el) => el === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('prod-night: The provider accepted the key').waitFor();
    await list(page).focus();
    await page.keyboard.press('Delete');
    const box = dialog(page).filter({ hasText: 'Delete prod-night?' });
    await box.getByText(/is deleted from Secret Service/).waitFor();
    // The safe button has the focus, so a second Delete or Enter by mistake deletes nothing.
    await page.keyboard.press('Enter');
    await box.waitFor({ state: 'detached' });
    expect(names()).toContain('prod-night');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await box.waitFor({ state: 'detached' });
    expect(names()).not.toContain('prod-night');
    await page.getByText('prod-night was deleted.').waitFor();
    expect(await row(page, 'dev-sandbox').getAttribute('aria-selected')).toBe('true');
  });

  test('a name that is taken stays to be mended, and Esc brings the old one back', async () => {
    const page = await openKeys();
    await focusList(page);
    await page.keyboard.press('F2');
    await page.keyboard.type('batch');
    await page.keyboard.press('Enter');
    await details(page)
      .getByText(/There is a key named "batch" already/)
      .waitFor();
    await page.keyboard.press('Escape');
    await details(page).getByRole('heading', { name: 'prod-oncall' }).waitFor();
    expect(names()[0]).toBe('prod-oncall');
  });

  test('a check that fails says so beside its key, and a delete that fails keeps the key and the dialog', async () => {
    const page = await openKeys({
      handlers: {
        'keys.check': ({ id }) => {
          const result = {
            at: Date.now(),
            outcome: 'rejected' as const,
            status: 401,
            ms: 212,
            message: 'Anthropic does not accept this key.',
          };
          const { state } = win.core;
          state.keys = state.keys.map((key) => (key.id === id ? { ...key, lastCheck: result } : key));
          state.change('keysVersion');
          return result;
        },
        'keys.remove': () => {
          throw new AppError('KEYCHAIN_TIMEOUT', 'The keychain does not answer.');
        },
      },
    });
    await focusList(page);
    await details(page).getByRole('button', { name: 'Check' }).click();
    await row(page, 'prod-oncall').getByText('Rejected 401').waitFor();
    await details(page).getByText('Anthropic does not accept this key.').waitFor();
    await details(page).getByRole('button', { name: 'Delete…' }).click();
    await dialog(page).getByRole('button', { name: 'Delete key' }).click();
    await dialog(page).getByText('The keychain does not answer.').waitFor();
    expect(names()).toContain('prod-oncall');
  });

  test('Check all asks for every key and sums up', async () => {
    const asked: string[] = [];
    const page = await openKeys({
      handlers: {
        'keys.check': ({ id }) => {
          asked.push(id);
          return {
            at: 1,
            outcome: asked.length === 2 ? 'limited' : 'ok',
            status: 200,
            ms: 3,
            message: 'Fine.',
          };
        },
      },
    });
    await page.getByRole('button', { name: 'Check all' }).click();
    await page.getByText('1 of 5 keys did not pass the check.').waitFor();
    expect(new Set(asked).size).toBe(win.core.state.keys.length);
  });

  test('Replace keeps the name, sends the new secret once and shows its last four characters', async () => {
    const page = await openKeys();
    const secret = `${canary()}-zZ9y`;
    await focusList(page);
    await details(page).getByRole('button', { name: 'Replace…' }).click();
    await dialog(page).getByLabel('New key').fill(secret);
    await page.keyboard.press('Enter');
    await dialog(page).waitFor({ state: 'detached' });
    await row(page, 'prod-oncall').getByText('··zZ9y').waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  test('filter and provider narrow the list; what hides everything can be cleared', async () => {
    const page = await openKeys();
    await page.getByLabel('Filter keys').fill('api.openai');
    await expect.poll(() => list(page).getByRole('option').count()).toBe(2);
    await page.getByLabel('Filter keys').press('Escape');
    await page.getByRole('button', { name: /^Hugging Face/ }).click();
    await expect.poll(() => list(page).getByRole('option').count()).toBe(1);
    await page.getByLabel('Filter keys').fill('zzz');
    await page.getByText('No key matches “zzz”.').waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).last().click();
    await row(page, 'hub-read').waitFor();
  });

  test('with no keys it says how to begin, with a key or without', async () => {
    const page = await openKeys({ keys: [] });
    await page.getByText('No keys yet').waitFor();
    await page.getByRole('button', { name: 'Try the demo provider, no key needed' }).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Add key' }).last().focus();
    await page.keyboard.press('n');
    await dialog(page).getByLabel('Key', { exact: true }).fill(canary());
    await page.keyboard.press('Enter');
    await dialog(page).waitFor({ state: 'detached' });
    // What opened the dialog is gone with the empty screen: the focus is in the list, not lost.
    await expect.poll(() => list(page).evaluate((el) => el === document.activeElement)).toBe(true);
    await page.keyboard.press('Delete');
    await dialog(page).getByRole('button', { name: 'Delete key' }).click();
    await page.getByText('No keys yet').waitFor();
    const pane = page.getByRole('region', { name: 'Keys', exact: true });
    await expect.poll(() => pane.evaluate((el) => el === document.activeElement)).toBe(true);
  });

  test('names are text: markup in a name is shown and does nothing', async () => {
    const evil = '<img src=x onerror="document.title=1">';
    const page = await openKeys();
    win.core.state.keys = win.core.state.keys.map((key, index) =>
      index === 0 ? { ...key, name: evil, stateText: evil, state: 'missing' } : key,
    );
    win.core.state.change('keysVersion');
    await list(page).getByText(evil).waitFor();
    await focusList(page);
    await details(page).getByText(evil).first().waitFor();
    await page.keyboard.press('Delete');
    await dialog(page).getByText(`Delete ${evil}?`).waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
  });
});

describe('the keychain', () => {
  const broken = KeychainState.options.filter((state) => state !== 'ready');

  test.each(broken)('%s: one banner with text and remedy, and the rows stay', async (state) => {
    const status = keychain(state, { text: `It is ${state}.`, remedy: `Mend ${state}.` });
    const page = await openKeys({ status: { keychain: status } });
    const banner = page.getByRole('region', { name: 'Keys' }).locator('[role=alert], [role=status]').first();
    await banner.getByText(`It is ${state}.`).waitFor();
    await banner.getByText(`Mend ${state}.`).waitFor();
    expect(await list(page).getByRole('option').count()).toBe(win.core.state.keys.length);
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
          const { state } = win.core;
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
    win.core.state.keys = win.core.state.keys.map((key) => ({ ...key, backend: 'vault' }));
    win.core.state.change('keysVersion');
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

describe.each(['dark', 'light'] as const)('axe, %s', (theme) => {
  const settings = { 'appearance.theme': theme };

  test('finds nothing on the list with details and a banner', async () => {
    const page = await openKeys({ settings, theme, status: { keychain: keychain('locked') } });
    await focusList(page);
    await details(page).getByRole('button', { name: 'Check' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('finds nothing while a name is edited', async () => {
    const page = await openKeys({ settings, theme });
    await focusList(page);
    await page.keyboard.press('F2');
    await details(page).getByLabel('Name').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('finds nothing on the empty screen', async () => {
    const page = await openKeys({ settings, theme, keys: [] });
    await page.getByText('No keys yet').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('finds nothing in the add dialog with every choice and an error', async () => {
    const page = await openKeys({ settings, theme, status: { keychain: keychain('no-bus') } });
    await page.getByRole('button', { name: 'Add key' }).first().click();
    await dialog(page).getByRole('radio', { name: /vault/ }).click();
    await dialog(page).getByRole('button', { name: 'Add key' }).click();
    await dialog(page).getByText('Paste the key.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});
