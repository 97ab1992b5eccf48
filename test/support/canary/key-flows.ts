// Keys as a person handles them in the window.
import type { Page } from 'playwright-core';
import type { CanaryKey, CanaryRun } from './run.ts';

export const goTo = (page: Page, screen: string) =>
  page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${screen}`) })
    .click();

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Add a key' });

interface Typed {
  label: string;
  name: string;
  baseUrl: string;
  secret: string;
}

/** Fills in the dialog and presses its button; the dialog stays open if the key is refused. */
async function submitKey(page: Page, { label, name, baseUrl, secret }: Typed): Promise<void> {
  const dialog = dialogOf(page);
  if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Add key' }).first().click();
  await dialog.getByRole('combobox', { name: 'Provider' }).click();
  await page.getByRole('option', { name: label, exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await dialog.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
  await dialog.getByLabel('Key', { exact: true }).fill(secret);
  await dialog.getByRole('button', { name: 'Add key' }).click();
}

export const baseUrlOf = ({ server, family }: CanaryKey, answer = 'good') =>
  `${server.origin}/${answer}${family}`;

/** Adds all keys in the window; each is checked with its provider afterwards, since the box is ticked. */
export async function addKeys({ app, keys }: CanaryRun): Promise<void> {
  const { page } = app().window;
  for (const key of keys) {
    await submitKey(page, { ...key, name: key.alias, baseUrl: baseUrlOf(key) });
    await dialogOf(page).waitFor({ state: 'hidden' });
    await rowOf(page, key.alias).waitFor();
  }
}

const rowOf = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Keys', exact: true }).getByText(name, { exact: true });

/** Keys that must be refused, each with the sentence that says so. */
export async function refusedKeys({ app, extra, keys }: CanaryRun): Promise<void> {
  const { page, call } = app().window;
  const { secret } = extra.rejected;
  const typed = { label: 'OpenAI-compatible', name: 'refused', baseUrl: baseUrlOf(keys[3]!) };
  const refused = async (value: string, sentence: RegExp) => {
    await submitKey(page, { ...typed, secret: value });
    await dialogOf(page).getByText(sentence).first().waitFor();
  };
  await refused(`${secret.slice(0, 30)} ${secret.slice(30)}`, /has a space in it/);
  await refused(secret + 'x'.repeat(1300), /too long/);
  await refused(`${secret}\u2014`, /a character that no key has/);
  await dialogOf(page).getByRole('button', { name: 'Cancel' }).click();
  // A field of one line drops line breaks, so these come as they would from another client.
  const input = { provider: 'compatible', name: 'refused', baseUrl: typed.baseUrl, secret };
  const add = (change: object) =>
    call('keys.add', { ...input, ...change }).then(
      () => 'added',
      (error: { code: string }) => error.code,
    );
  const answers = [
    await add({ secret: `${secret.slice(0, 30)}\n${secret.slice(30)}` }),
    await add({ secret: `${secret}\0` }),
    await add({ baseUrl: 'not an address' }),
    await add({ baseUrl: 'http://provider.example/v1' }),
    await add({ secret: 7 as unknown as string }),
    await add({ provider: 'x'.repeat(50) }),
  ];
  const expected = ['KEY_INVALID', 'KEY_INVALID', 'KEY_INVALID', 'KEY_INVALID', 'BAD_INPUT', 'BAD_INPUT'];
  if (answers.join() !== expected.join()) throw new Error(`Refused with ${answers.join()}.`);
}

/** Renames in the list and back, so that echoes must carry the name of the moment. */
export async function renameKey({ app, idOf }: CanaryRun, alias: string): Promise<void> {
  const { page, call } = app().window;
  await rowOf(page, alias).click();
  await page.getByRole('button', { name: 'Rename' }).first().click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`${alias}-new`);
  await page.keyboard.press('Enter');
  await rowOf(page, `${alias}-new`).waitFor();
  await call('keys.rename', { id: await idOf(`${alias}-new`), name: alias });
  await rowOf(page, alias).waitFor();
}

/** Presses Check while the provider answers 401 with the key in it. */
export async function checkRefusedKey({ app }: CanaryRun, key: CanaryKey): Promise<void> {
  const { page } = app().window;
  await rowOf(page, key.alias).click();
  key.server.answerAll('echo-401');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByText('Rejected').first().waitFor();
  key.server.answerAll(null);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByText('OK', { exact: true }).first().waitFor();
}

/** Puts a new secret in the place of the old one, which nobody may get any more. */
export async function replaceKey({ app, extra }: CanaryRun, key: CanaryKey): Promise<void> {
  const { page } = app().window;
  await rowOf(page, key.alias).click();
  await page.getByRole('button', { name: 'Replace…' }).click();
  const dialog = page.getByRole('dialog', { name: `Replace the key of ${key.alias}` });
  await dialog.getByLabel('New key').fill(extra.second.secret);
  key.server.expect(extra.second);
  await dialog.getByRole('button', { name: 'Replace', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

export async function deleteKey({ app }: CanaryRun, alias: string): Promise<void> {
  const { page } = app().window;
  await rowOf(page, alias).click();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete key' }).click();
  await rowOf(page, alias).waitFor({ state: 'detached' });
}
