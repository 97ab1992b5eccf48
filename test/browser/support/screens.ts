// The window's screens as a person finds them: by role and name.
import type { Locator, Page } from 'playwright-core';

export type ScreenName = 'Keys' | 'Explorer' | 'History' | 'Scanner' | 'Settings';

export const SCREEN_KEYS: readonly (readonly [ScreenName, string])[] = [
  ['Keys', 'Control+1'],
  ['Explorer', 'Control+2'],
  ['History', 'Control+4'],
  ['Scanner', 'Control+7'],
  ['Settings', 'Control+,'],
];

/** The button of `screen` in the rail, while it is the one that is shown. */
export const currentScreen = (page: Page, screen: ScreenName): Locator => {
  const rail = page.getByRole('navigation', { name: 'Screens' });
  return rail
    .locator('[aria-current=page]')
    .and(rail.getByRole('button', { name: new RegExp(`^${screen}`) }));
};

export async function goTo(page: Page, screen: ScreenName): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Screens' });
  await rail.getByRole('button', { name: new RegExp(`^${screen}`) }).click();
  await currentScreen(page, screen).waitFor();
}

export const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
export const response = (page: Page): Locator => region(page, 'Response');

/** Chooses in a list that opens below its button. */
export async function choose(page: Page, scope: Page | Locator, list: string, option: string | RegExp) {
  await scope.getByRole('combobox', { name: list, exact: true }).click();
  await page
    .getByRole('option', typeof option === 'string' ? { name: option, exact: true } : { name: option })
    .click();
}

/** The first message of the user: a system message may stand before it. */
export const promptField = (page: Page): Locator =>
  page.getByRole('textbox', { name: /^Message \d+, user$/ }).first();
export const modelField = (page: Page): Locator => page.getByRole('combobox', { name: /^model/ });

/** Types the model's name over the one that is there. */
export async function setModel(page: Page, model: string): Promise<void> {
  await modelField(page).fill(model);
  await page.keyboard.press('Escape');
}

/**
 * Types the prompt, if there is one, and presses Ctrl Enter. Resolves when a new run has begun, so that `ended` tells of
 * this one and never of the one before; rejects when the press did nothing.
 */
export async function send(page: Page, prompt?: string): Promise<void> {
  if (prompt !== undefined) await promptField(page).fill(prompt);
  const bar = region(page, 'Address and key');
  await bar.getByRole('button', { name: /^Send/ }).waitFor();
  // Stop takes the place of Send for as long as the run lasts. That may be a moment only, which no polling would see.
  const watch = await bar.evaluateHandle((element) => {
    const begun = new Promise<true>((resolve) => {
      const observer = new MutationObserver(() => {
        if (![...element.querySelectorAll('button')].some((one) => /^Stop/.test(one.textContent ?? '')))
          return;
        observer.disconnect();
        resolve(true);
      });
      observer.observe(element, { childList: true, subtree: true, characterData: true });
    });
    return { begun };
  });
  await page.keyboard.press('Control+Enter');
  const late = new Promise<false>((resolve) => setTimeout(resolve, BEGIN_MS, false).unref());
  const begun = await Promise.race([watch.evaluate(({ begun: it }) => it), late]);
  if (!begun) throw new Error('Control+Enter sent nothing.');
}
const BEGIN_MS = 30_000;

export type End = 'Done' | 'Truncated' | 'Failed' | 'Cancelled' | 'Interrupted';

/** Waits for the end of the answer on screen; what a screen reader is told of it. */
export async function ended(page: Page, end: End): Promise<string> {
  const spoken = response(page)
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${end}`) });
  await spoken.first().waitFor({ state: 'attached', timeout: 60_000 });
  return spoken.first().innerText();
}

/** The text of the answer. */
export const output = (page: Page): Locator => page.getByRole('log', { name: 'Model output' });

/** Banner above the tabs of the response, which says what went wrong. */
export const banner = (page: Page): Locator => response(page).getByRole('alert').first();

export interface TypedKey {
  provider: string;
  name: string;
  baseUrl: string;
  secret: string;
}

export const keyDialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Add a key' });

/** Fills in the dialog, which is opened if it is not open, without pressing its button. */
export async function fillKey(page: Page, { provider, name, baseUrl, secret }: TypedKey): Promise<Locator> {
  const dialog = keyDialog(page);
  if (!(await dialog.isVisible()))
    await page
      .getByRole('button', { name: /^Add key/ })
      .first()
      .click();
  await choose(page, dialog, 'Provider', provider);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await dialog.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
  await dialog.getByLabel('Key', { exact: true }).fill(secret);
  return dialog;
}

export const submitKey = (dialog: Locator): Promise<void> =>
  dialog.getByRole('button', { name: 'Add key', exact: true }).click();

/** A row of the list of keys. */
export const keyRow = (page: Page, name: string): Locator =>
  page.getByRole('listbox', { name: 'Keys', exact: true }).getByRole('option').filter({ hasText: name });
