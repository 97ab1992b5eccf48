// The window for eyes that need more: at 200 %, in forced colours, with reduced motion.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppWindow, openAppWindow, type RunningApp, startApp } from '../support/running-app.ts';
import { violationsInBothThemes } from './support/accessible.ts';
import { walkWithTab } from './support/by-keyboard.ts';
import {
  currentScreen,
  ended,
  output,
  promptField,
  region,
  SCREEN_KEYS,
  type ScreenName,
  send,
} from './support/screens.ts';

let app: RunningApp;
let window: AppWindow;
const page = () => window.page;
const press = (key: string) => page().keyboard.press(key);
const current = (screen: ScreenName) => currentScreen(page(), screen);

describe('the window for eyes that need more', () => {
  const open = async (options: Parameters<typeof openAppWindow>[1]) => {
    window = await openAppWindow(await app.newUrl(), options);
    await press('Control+2'); // the screen is kept from the window before
    await promptField(page()).waitFor();
  };
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.close());

  it('at 200 % no screen scrolls sideways and nothing is out of reach', async () => {
    await open({ width: 720, height: 450, deviceScaleFactor: 2 });
    try {
      await send(page());
      await ended(page(), 'Done');
      for (const [screen, keys] of SCREEN_KEYS) {
        await press(keys);
        await current(screen).waitFor();
        const { width, view } = await page().evaluate(() => ({
          width: document.documentElement.scrollWidth,
          view: innerWidth,
        }));
        expect(width, screen).toBeLessThanOrEqual(view);
        expect(await violationsInBothThemes(page()), screen).toEqual([]);
        const { unseen } = await walkWithTab(page());
        expect(unseen, screen).toEqual([]);
      }
    } finally {
      await window.close();
    }
  });

  it('in forced colours the focus is seen and the text of the answer is there', async () => {
    await open({});
    try {
      await page().emulateMedia({ forcedColors: 'active' });
      await send(page());
      await ended(page(), 'Done');
      expect(await output(page()).innerText()).toContain('Demo provider');
      for (const [screen, keys] of SCREEN_KEYS) {
        await press(keys);
        await current(screen).waitFor();
        expect((await walkWithTab(page())).unseen, screen).toEqual([]);
      }
    } finally {
      await window.close();
    }
  });

  it.each([
    ['with reduced motion nothing moves', true],
    ['else nothing moves for longer than 120 ms but the caret', false],
  ])('%s', async (_, reducedMotion) => {
    await open({ reducedMotion });
    try {
      const longest = () =>
        page().evaluate(() =>
          Math.max(
            0,
            ...document
              .getAnimations()
              .filter(({ effect }) => !(effect as KeyframeEffect).target?.closest('.stream-caret'))
              .map(({ effect }) => Number(effect?.getComputedTiming().activeDuration ?? 0)),
          ),
        );
      await send(page());
      const times: number[] = [];
      for (let n = 0; n < 5; n++) times.push(await longest());
      await press('Control+k');
      times.push(await longest());
      await press('Escape');
      times.push(await longest());
      expect(Math.max(...times)).toBeLessThanOrEqual(reducedMotion ? 0 : 120);
      const caret = page().locator('.stream-caret').first();
      if (reducedMotion && (await caret.count()) > 0)
        expect(await caret.evaluate((one) => one.getAnimations().length)).toBe(0);
      await region(page(), 'Response').waitFor();
    } finally {
      await window.close();
    }
  });
});
