// A person pastes a key where it does not belong: into a prompt, a header, an address, a search, a name. It goes where
// the text goes (the provider gets the prompt as it was typed), but what the app keeps and shows has the key's name.
import type { Page } from 'playwright-core';
import { baseUrlOf, goTo } from './key-flows.ts';
import { asKey } from './place-flows.ts';
import { draftFor, send } from './request-flows.ts';
import type { CanaryRun } from './run.ts';

export interface Pasted {
  /** Texts of the history about these requests. */
  prompts: string[];
  /** Error types of drafts that were refused. */
  refused: string[];
}

/** Over the window's connection: sends prompts that hold a stored key, and looks them up again. */
export async function pasteIntoRequests(run: CanaryRun): Promise<Pasted> {
  const { call } = run.app().window;
  const key = asKey(run, run.extra.pasted);
  const { secret } = key;
  const prompt = `zanzibar: is ${secret} or ${encodeURIComponent(secret)} or ${btoa(secret)} a good key?`;
  for (const stream of [true, false]) await send(run, await draftFor(run, key, {}, { prompt, stream }), true);
  const mine = await draftFor(run, key, { name: `named ${secret}` }, { prompt });
  await send(run, mine, true);
  await call('requests.preview', { draft: mine });
  await call('ui.save', { state: { 'canary.draft': { text: secret, draft: mine } } });
  const refused: string[] = [];
  for (const change of [
    { headers: [['x-note', `holds ${secret}`]] as [string, string][] },
    { query: [['note', secret]] as [string, string][] },
    { baseUrl: `${baseUrlOf(key)}/${secret}` },
    { api: 'raw', url: `${key.server.origin}/good/${secret}` },
  ]) {
    const { error } = await send(run, { ...mine, ...change }, true);
    refused.push(error?.type ?? 'sent');
    await call('requests.preview', { draft: { ...mine, ...change } }).catch(() => {});
  }
  const found = await call('history.list', { q: 'zanzibar' });
  for (const q of [secret, secret.slice(10, 44), `"${secret}"`, secret.slice(0, 36)])
    await call('history.list', { q });
  for (const { id } of found.rows) {
    await call('history.replay', { id });
    await call('history.body', { id, which: 'request' });
    await call('history.body', { id, which: 'response' });
    await call('history.eventData', { id, index: 0 }).catch(() => {});
  }
  return { prompts: found.rows.map(({ prompt: text }) => text), refused };
}

/** In the window itself: typed into the prompt and sent, typed into the search. */
export async function pasteIntoWindow({ app, extra }: CanaryRun): Promise<void> {
  const { page } = app().window;
  await goTo(page, 'Explorer');
  const prompt = page.getByRole('textbox', { name: 'Message 1, user' });
  await prompt.fill(`Keep ${extra.pasted.secret} for me.`);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Send anyway' }).click();
  await endOfRun(page);
  await goTo(page, 'History');
  await page.getByRole('textbox', { name: 'Search history' }).fill(extra.pasted.secret);
  await page.getByRole('textbox', { name: 'Search history' }).fill('');
  await page.getByRole('option').nth(1).click();
  for (const tab of ['Request', 'Response', 'Events', 'Headers'])
    await page
      .getByRole('tab', { name: new RegExp(`^${tab}`) })
      .first()
      .click();
  await goTo(page, 'Explorer');
  await prompt.fill('Nothing secret.');
}

const endOfRun = (page: Page) =>
  page
    .getByRole('region', { name: 'Response', exact: true })
    .getByRole('status')
    .filter({ hasText: /^Done/ })
    .first()
    .waitFor({ state: 'attached' });
