// Wrong input never crashes or hangs: each gives one clear sentence with what to do, in the window, and loses nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyServer, startFaultyServer } from '../support/faulty-server.ts';
import { type AppWindow, openAppWindow, type RunningApp, startApp } from '../support/running-app.ts';
import { violationsInBothThemes } from './support/accessible.ts';
import {
  choose,
  type End,
  ended,
  fillKey,
  goTo,
  keyDialog,
  output,
  promptField,
  region,
  response,
  send,
  submitKey,
} from './support/screens.ts';

const PROMPT = 'A long prompt that must not be lost.';

interface Answer {
  name: string;
  fault: string;
  end: End;
  says: RegExp;
  advises: RegExp;
  /** What of the answer must still be on screen. */
  keeps?: string;
}

const ANSWERS: readonly Answer[] = [
  {
    name: 'a web page',
    fault: 'html-200',
    end: 'Failed',
    says: /answered with a web page, not with an API answer\./,
    advises: /Check the base URL: it may lack a path such as \/v1/,
  },
  {
    name: 'nothing, and closes early',
    fault: 'close-before-headers',
    end: 'Failed',
    says: /closed the connection without an answer\./,
    advises: /check that the base URL is an API of this provider\./,
  },
  {
    name: 'half an answer, and closes early',
    fault: 'fin-close-delimited',
    end: 'Truncated',
    says: /The stream stopped before the event that ends an answer/,
    advises: /What arrived is kept\. Send again for a whole answer\./,
    keeps: 'Hi',
  },
  {
    name: 'half an answer, and stalls',
    fault: 'stall-after-first-event',
    end: 'Truncated',
    says: /The answer stalled: nothing arrived for 5 s\./,
    advises: /Send again, or raise "Idle timeout" in Settings for slow models\./,
    keeps: 'Hi',
  },
  {
    name: '10 MB in one line',
    fault: 'line-of-10-mb',
    end: 'Truncated',
    says: /One line of the answer is longer than 4 MB\./,
    advises: /Check that the address is a streaming API\./,
    keeps: 'Hi',
  },
  {
    name: 'bytes that are not HTTP',
    fault: 'garbage',
    end: 'Failed',
    says: /is not HTTP\./,
    advises: /Check the port in the base URL, and http:\/\/ against https:\/\/\./,
  },
];

describe('wrong input in the window', () => {
  let app: RunningApp;
  let window: AppWindow;
  let server: FaultyServer;
  const page = () => window.page;
  const baseUrl = () => page().getByRole('textbox', { name: 'Base URL' });
  /** The banner over the answer; a part of an answer is a warning, no answer is an error. */
  const problem = (says: RegExp) =>
    response(page())
      .getByRole('alert')
      .or(response(page()).getByRole('status'))
      .filter({ hasText: says })
      .filter({ visible: true })
      .first();

  beforeAll(async () => {
    server = await startFaultyServer();
    app = await startApp();
    window = await openAppWindow(app.url);
    await goTo(page(), 'Settings');
    for (const [name, value] of [
      ['Idle timeout, s', '5'], // more than a busy machine needs for any answer that does come
      ['Attempts', '1'],
    ] as const) {
      await page().getByRole('spinbutton', { name, exact: true }).fill(value);
      await page().keyboard.press('Enter');
    }
    await goTo(page(), 'Explorer');
    await choose(page(), page(), 'Provider', 'OpenAI-compatible');
    await promptField(page()).fill(PROMPT);
  });
  afterAll(async () => {
    await window?.close();
    await app?.close();
    await server?.close();
  });

  it.each(ANSWERS)('a server that answers $name', async ({ fault, end, says, advises, keeps }) => {
    await baseUrl().fill(server.url(fault));
    await send(page());
    await ended(page(), end);
    expect(await problem(says).innerText()).toMatch(advises);
    if (keeps) expect(await output(page()).innerText()).toContain(keeps);
    expect(await promptField(page()).inputValue()).toBe(PROMPT);
    expect(await violationsInBothThemes(page())).toEqual([]);
  });

  it('a server that answers invalid UTF-8: the answer is shown, the bad byte as the sign for one', async () => {
    await baseUrl().fill(server.url('invalid-utf8'));
    await send(page());
    await ended(page(), 'Done');
    expect((await output(page()).innerText()).trim()).toBe('H\ufffdi');
  });

  it.each([
    ['not an address', /The base URL is not an address: write it like https:\/\/api\.example\.com\/v1\./],
    ['ftp://127.0.0.1/v1', /only http:\/\/ and https:\/\/ can be sent to\./],
    [
      'http://127.0.0.1:9/v1',
      /(Nothing answers at http:\/\/127\.0\.0\.1:9|The port of http:\/\/127\.0\.0\.1:9 is reserved)/,
    ],
    [
      'http://no-such-host.invalid/v1',
      /The host name of http:\/\/no-such-host\.invalid could not be found\./,
    ],
  ])('the base URL "%s"', async (typed, says) => {
    await baseUrl().fill(typed);
    await send(page());
    await ended(page(), 'Failed');
    await problem(says).waitFor();
    expect(await promptField(page()).inputValue()).toBe(PROMPT);
  });

  it('every one of these is in History', async () => {
    await goTo(page(), 'History');
    const list = page().getByRole('listbox', { name: 'Requests, newest first' });
    await expect
      .poll(() => list.getByRole('option').filter({ hasText: PROMPT }).count())
      .toBeGreaterThanOrEqual(ANSWERS.length + 3);
    await goTo(page(), 'Explorer');
  });

  it('a key with a line break, as it is pasted, or with a space, is refused in a sentence', async () => {
    await goTo(page(), 'Keys');
    const dialog = await fillKey(page(), {
      provider: 'OpenAI-compatible',
      name: 'mine',
      baseUrl: server.url('none'),
      secret: '',
    });
    const field = dialog.getByLabel('Key', { exact: true });
    await field.focus();
    await page().evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'CANARY-first-half\nCANARY-second-half');
      const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(paste);
    });
    await dialog.getByText('The text you pasted has more than one line. Paste one line alone.').waitFor();
    expect(await field.inputValue()).toBe('');
    expect(await violationsInBothThemes(page())).toEqual([]);

    // There is no keychain here; a place must be chosen before the key itself is looked at.
    await dialog.getByRole('radio', { name: 'In memory until Keybench quits' }).click();
    await dialog.getByRole('checkbox', { name: /^I understand that the key is lost/ }).click();
    await field.fill('CANARY with a space');
    await submitKey(dialog);
    await dialog
      .getByText('The key has a space in it. Paste the key alone, without a name or quotes.')
      .waitFor();
    // What was typed stays, to be mended.
    expect(await field.inputValue()).toBe('CANARY with a space');
    expect(await dialog.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('mine');
    await field.fill('CANARY-good-key-of-nobody');
    await dialog.getByRole('textbox', { name: 'Base URL' }).fill('127.0.0.1/v1');
    await submitKey(dialog);
    await dialog
      .getByText('The base URL must be a whole address, such as https://api.example.com/v1.')
      .waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await keyDialog(page()).waitFor({ state: 'hidden' });
    expect(await region(page(), 'Keys').getByRole('option').count()).toBe(0);
  });

  it('after all of it the app works as before', async () => {
    await goTo(page(), 'Explorer');
    await choose(page(), page(), 'Provider', 'Demo');
    await send(page());
    await ended(page(), 'Done');
    expect(window.console).toEqual([]);
  });
});
