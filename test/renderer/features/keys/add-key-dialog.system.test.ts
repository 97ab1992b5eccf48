// A new key: where its secret goes, and where it does not stay.
import { describe, expect, test } from 'vitest';
import { keychain } from '../../../support/fake-core/keys.ts';
import { canary, core, details, dialog, focusList, names, openKeys, row } from './keys-window.ts';

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
    expect(JSON.stringify(core().state.ui)).not.toContain(secret);
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
    await expect.poll(() => box.getByLabel('Name').inputValue()).toBe('compatible-dev');
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
    expect(core().state.status.keychain.memoryAllowed).toBe(false);
    await box.getByRole('checkbox', { name: /lost when Keybench quits/ }).click();
    await box.getByRole('button', { name: 'Add key' }).click();
    await box.waitFor({ state: 'detached' });
    expect(core().state.keys.at(-1)).toMatchObject({ name: 'anthropic-dev', backend: 'memory' });
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
    expect(core().state.status.keychain.vault).toBe('absent');
    await box.getByLabel('Repeat the passphrase').fill('correct horse');
    await box.getByRole('button', { name: 'Add key' }).click();
    await box.waitFor({ state: 'detached' });
    expect(core().state.keys.at(-1)).toMatchObject({ backend: 'vault' });
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
