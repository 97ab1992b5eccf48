// "A second instance focuses the first" (R9): one Keybench per data folder, one window at a time, and no fight for it.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AppWindow, openAppWindow, type RunningApp, startApp } from '../support/running-app.ts';
import { violationsInBothThemes } from './support/accessible.ts';
import { isKept } from './support/kept-state.ts';
import { ended, output, promptField, send } from './support/screens.ts';

const ELSEWHERE = 'Keybench is open in another window.';

describe('a second start of the same data folder', () => {
  let app: RunningApp;
  let first: AppWindow;
  const opened: AppWindow[] = [];
  const open = async (url: string) => {
    const window = await openAppWindow(url);
    opened.push(window);
    return window;
  };
  const useHere = ({ page }: AppWindow) => page.getByRole('button', { name: 'Use this window' });

  beforeAll(async () => {
    app = await startApp();
    first = await openAppWindow(app.url);
    await promptField(first.page).waitFor();
  });
  afterEach(async () => {
    for (const window of opened.splice(0)) await window.close();
  });
  afterAll(async () => {
    await first?.close();
    await app?.close();
  });

  it('hands over to the first and ends; its window says where Keybench is, and takes nothing by itself', async () => {
    const url = await app.newUrl();
    expect(new URL(url).origin).toBe(new URL(app.url).origin);
    const second = await open(url);
    await second.page.getByText(ELSEWHERE).waitFor();
    expect(await violationsInBothThemes(second.page)).toEqual([]);
    await sleep(2500); // longer than the first waits between tries
    expect(await second.page.getByText(ELSEWHERE).isVisible()).toBe(true);
    expect(await first.page.getByText(ELSEWHERE).count()).toBe(0);
    await send(first.page, 'Is this window still in use?');
    await ended(first.page, 'Done');
  });

  it('takes over when it is told to; the other window keeps what it shows, says so, and does not come back', async () => {
    await promptField(first.page).fill('Typed in the first window.');
    const answer = await output(first.page).innerText();
    await isKept(app, 'Typed in the first window.');
    const second = await open(await app.newUrl());
    await useHere(second).click();
    await expect.poll(() => promptField(second.page).inputValue()).toBe('Typed in the first window.');
    await send(second.page, 'Sent from the second window.');
    await ended(second.page, 'Done');

    await first.page.getByText(ELSEWHERE).waitFor();
    expect(await output(first.page).innerText()).toBe(answer);
    expect(await violationsInBothThemes(first.page)).toEqual([]);
    await sleep(2500);
    expect(await first.page.getByText(ELSEWHERE).isVisible()).toBe(true);
    expect(await second.page.getByText(ELSEWHERE).count()).toBe(0);

    await useHere(first).click();
    await first.page.getByText(ELSEWHERE).waitFor({ state: 'hidden' });
    await second.page.getByText(ELSEWHERE).waitFor();
    await send(first.page, 'And back again.');
    await ended(first.page, 'Done');
  });

  it('a window that is loaded again is no second window', async () => {
    for (let n = 0; n < 5; n++) {
      await first.page.reload();
      await promptField(first.page).waitFor();
      expect(await first.page.getByText(ELSEWHERE).count()).toBe(0);
    }
  });

  it('leaves the app alone when its own window is closed', async () => {
    const second = await open(await app.newUrl());
    await second.page.getByText(ELSEWHERE).waitFor();
    await second.close();
    opened.length = 0;
    await send(first.page, 'Still here?');
    await ended(first.page, 'Done');
  });
});
