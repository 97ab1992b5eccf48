// One screen in real Chromium: the real window, contract and router over a fake core.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import type { ScreenId } from '../../renderer/ui/feature.ts';
import type { FakeCore } from './fake-core/fake-handlers.ts';
import { closeWindows, type OpenWindow, openWindow, type WindowOptions } from './window.ts';

export interface ScreenWindow {
  /** Opens the screen; the window is closed after the test, which fails if the page had errors. */
  open(options?: WindowOptions): Promise<Page>;
  /** The core behind the open window. */
  core(): FakeCore;
}

/** For the head of a test file, or of what its tests share. */
export function screenWindow(screen: ScreenId): ScreenWindow {
  let win: OpenWindow;
  afterEach(async () => {
    expect(win.problems).toEqual([]);
    await win.close();
  });
  afterAll(closeWindows);
  return {
    async open(options = {}) {
      win = await openWindow({ ...options, ui: { 'app.screen': screen, ...options.ui } });
      return win.page;
    },
    core: () => win.core,
  };
}

/** The modal one: toasts are dialogs too. */
export const dialog = (page: Page) => page.locator('[data-modal]');

/** Focuses a list and goes to its first row. */
export async function focusFirst(list: ReturnType<Page['locator']>) {
  await list.getByRole('option').first().waitFor(); // Home in a list that is still empty goes nowhere
  await list.focus();
  await list.page().keyboard.press('Home');
}
