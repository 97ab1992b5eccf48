// The Explorer in real Chromium over a fake core: streaming, stopping, failing, keyboard alone.
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../../preload/contract/errors.ts';
import type { AppHandlers } from '../../../../preload/contract/index.ts';
import { chromiumPath } from '../../../support/chromium.ts';
import { closeWindows } from '../../../support/window.ts';
import {
  attempt,
  end,
  endless,
  head,
  rateLimited,
  type Send,
  sends,
  start,
  text,
  withWindow,
} from './fixtures.ts';

const soon = <T>(read: () => T) => expect.poll(read);

describe.skipIf(!chromiumPath)('Explorer', () => {
  afterAll(closeWindows);

  it('streams the ready Demo request on Ctrl Enter at the first start, and says when it is done', () =>
    withWindow({ paceMs: 2 }, async ({ page }) => {
      await page.keyboard.press('Control+Enter');
      const output = page.getByRole('log');
      await output.getByText('Root cause.').waitFor();
      await page
        .getByRole('status')
        .filter({ hasText: /^Done, 243 tokens/ })
        .waitFor({ state: 'attached' });
      expect(await output.getByRole('listitem').count()).toBe(3);
      expect(
        await page.getByRole('listbox', { name: 'Event timeline' }).getByRole('option').count(),
      ).toBeGreaterThan(3);
      expect(await page.locator('.stream-caret').count()).toBe(0);
    }));

  it('stops on Escape, keeps what came, and tells core', () => {
    let stopped = 0;
    return withWindow({ handlers: { 'requests.send': endless(() => stopped++) } }, async ({ page }) => {
      await page.keyboard.press('Control+Enter');
      await page.getByRole('log').getByText('word 3').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText(/^You stopped it after/).waitFor();
      expect(await page.getByRole('log').textContent()).toContain('word 3');
      await soon(() => stopped).toBe(1);
    });
  });

  it('ends the earlier stream when sent again', () => {
    let stopped = 0;
    return withWindow({ handlers: { 'requests.send': endless(() => stopped++) } }, async ({ page }) => {
      await page.keyboard.press('Control+Enter');
      await page.getByRole('log').getByText('word 5').waitFor();
      await page.keyboard.press('Control+Enter');
      await soon(() => stopped).toBe(1);
      await page.getByRole('log').getByText('word 1').waitFor();
      await page.keyboard.press('Escape');
    });
  });

  it('shows an error above the tabs with type, message, request id and advice; the tabs and partial text stay', () =>
    withWindow(
      {
        handlers: {
          'requests.send': sends(
            attempt(1, 1),
            head(1, 40, 200),
            text(0, 60, 'Half an ans'),
            end({
              state: 'error',
              error: { ...rateLimited, status: null, type: 'overloaded_error', message: 'Overloaded.' },
            }),
          ),
        },
      },
      async ({ page }) => {
        await page.keyboard.press('Control+Enter');
        const alert = page.getByRole('alert');
        await alert.getByText('overloaded_error: Overloaded.').waitFor();
        await alert.getByText('Wait, or lower the rate.').waitFor();
        await alert.getByText('Request id req_42').waitFor();
        expect(await page.getByRole('log').textContent()).toContain('Half an ans');
        await page
          .getByRole('tablist', { name: 'Response' })
          .getByRole('tab', { name: /^Headers/ })
          .click();
        await page
          .getByRole('table', { name: /^Response headers/ })
          .getByText('req_42')
          .waitFor();
      },
    ));

  it('counts down to the next try by whose order, and sends now when asked', () => {
    const asked: string[] = [];
    let go = () => {};
    const waiting = new Promise<void>((resolve) => {
      go = resolve;
    });
    const send: Send = async function* ({ draft }) {
      yield start(draft);
      yield attempt(1, 1);
      yield head(1, 30, 429);
      yield {
        k: 'wait',
        n: 1,
        t: 35,
        ms: 60_000,
        reason: { status: 429, because: '429 rate_limit_error', source: 'retry-after' },
      };
      await waiting;
      yield attempt(2, 2000);
      yield head(2, 2040, 200);
      yield text(0, 2060, 'At last.');
      yield end({ t: 2100 });
    };
    const skip: AppHandlers['requests.skipWait'] = ({ id }) => {
      asked.push(id);
      go();
      return true;
    };
    return withWindow(
      { handlers: { 'requests.send': send, 'requests.skipWait': skip } },
      async ({ page }) => {
        await page.keyboard.press('Control+Enter');
        await page
          .getByText(/Next try in \d+\.\d s, by the provider's retry-after/)
          .first()
          .waitFor();
        await page.getByRole('button', { name: 'Send now' }).click();
        await page.getByRole('log').getByText('At last.').waitFor();
        expect(asked).toEqual(['live-1']);
        await page.getByRole('tab', { name: /^Attempts/ }).click();
        await expect
          .poll(() => page.getByRole('heading', { name: /^Try/ }).allTextContents())
          .toEqual(['Try 1', 'Try 2']);
        await page.getByText(/Then waited/).waitFor();
      },
    );
  });

  it.each([
    ['truncated', 'Truncated', /without the event that closes/],
    ['interrupted', 'Interrupted', /was closed while this answer streamed/],
  ] as const)('tells %s from done', (state, word, sentence) =>
    withWindow(
      {
        handlers: {
          'requests.send': sends(attempt(1, 1), head(1, 40, 200), text(0, 60, 'Half'), end({ state })),
        },
      },
      async ({ page }) => {
        await page.keyboard.press('Control+Enter');
        await page.getByText(sentence).waitFor();
        await page.getByText(word, { exact: false }).first().waitFor();
      },
    ),
  );

  it('shows the sentence of a refusal before anything left', () => {
    const refuse: Send = async function* () {
      yield* [];
      throw new AppError('KEY_LOCKED', 'The keychain is locked. Unlock it and send again.');
    };
    return withWindow({ handlers: { 'requests.send': refuse } }, async ({ page }) => {
      await page.keyboard.press('Control+Enter');
      await page.getByRole('alert').getByText('The keychain is locked. Unlock it and send again.').waitFor();
    });
  });

  it('keeps form and JSON in step, and says where the JSON is broken', () =>
    withWindow({}, async ({ page }) => {
      const prompt = page.getByRole('textbox', { name: 'Message 1, user' });
      await prompt.fill('Say “hello” twice.');
      await page.getByRole('tablist', { name: 'Request' }).getByRole('tab', { name: 'JSON' }).click();
      const editor = page.getByRole('textbox', { name: 'Request body' });
      await editor.getByText('Say “hello” twice.').waitFor();
      await editor.click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' x');
      await page.getByRole('button', { name: /^Line \d+, column 3/ }).waitFor();
      await page.getByRole('tab', { name: 'Form' }).click();
      await page
        .getByText(/The body is not valid JSON at line \d+, column 3\. The JSON ends before this/)
        .waitFor();
      expect(await page.getByRole('textbox', { name: 'Message 1, user' }).count()).toBe(0);
    }));

  it('does everything by keyboard: tabs, address, timeline, messages', () =>
    withWindow({}, async ({ page }) => {
      const tabs = page.getByRole('navigation', { name: 'Open requests' }).getByRole('listitem');
      await page.keyboard.press('Control+t');
      await soon(() => tabs.count()).toBe(2);
      await page.keyboard.press('Control+d');
      await soon(() => tabs.count()).toBe(3);
      await page.keyboard.press('Control+w');
      await soon(() => tabs.count()).toBe(2);
      await page.keyboard.press('Control+Shift+T');
      await soon(() => tabs.count()).toBe(3);
      const current = () => tabs.locator('[aria-current]').textContent();
      const before = await current();
      await page.keyboard.press('Control+Tab');
      await soon(current).not.toBe(before);
      await page.keyboard.press('Control+l');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('explorer-url');
      await page.keyboard.press('Control+Enter');
      const timeline = page.getByRole('listbox', { name: 'Event timeline' });
      await timeline.waitFor();
      await page.keyboard.press('Control+j');
      await timeline.waitFor({ state: 'detached' });
      await page.keyboard.press('Control+j');
      await timeline.waitFor();
      await page.getByRole('textbox', { name: 'Message 1, user' }).focus();
      await page.getByRole('button', { name: 'Add message' }).press('Enter');
      await page.getByRole('textbox', { name: 'Message 2, assistant' }).waitFor();
      await page.keyboard.type('Moved');
      await page.keyboard.press('Alt+ArrowUp');
      await expect
        .poll(() => page.getByRole('textbox', { name: 'Message 1, assistant' }).inputValue())
        .toBe('Moved');
    }));

  it('walks the events, filters them and shows the whole data of one', () =>
    withWindow(
      {
        handlers: {
          'history.eventData': ({ index }) => ({
            event: 'content_block_delta',
            data: `{"whole":${index}}`,
            truncated: false,
          }),
        },
      },
      async ({ page }) => {
        await page.keyboard.press('Control+Enter');
        await page.getByRole('status').filter({ hasText: /^Done/ }).waitFor({ state: 'attached' });
        const list = page.getByRole('listbox', { name: 'Event timeline' });
        await list.focus();
        await page.keyboard.press('Home');
        await page.keyboard.press('j');
        await page.keyboard.press('Enter');
        const data = page.getByRole('region', { name: 'Data of event 1' });
        await data.getByText('whole').waitFor();
        await page.getByRole('textbox', { name: 'Filter events' }).fill('event:message_stop');
        await soon(() => list.getByRole('option').count()).toBe(1);
        await page.getByText(/^1 of \d+ events/).waitFor();
      },
    ));

  it('opens a recent run with its answer and sends it again', () =>
    withWindow({}, async ({ page, core }) => {
      const before = core.state.history.length;
      await page
        .getByRole('button', { name: /Summarise incident/ })
        .first()
        .click();
      await page.getByRole('log').getByText('Root cause.').waitFor();
      expect(await page.locator('.stream-caret').count()).toBe(0);
      await page.keyboard.press('Control+Enter');
      await soon(() => core.state.history.length).toBe(before + 1);
    }));

  it('comes back with its tabs and what was typed', () =>
    withWindow({}, async ({ page, core }) => {
      await page.getByRole('textbox', { name: 'Message 1, user' }).fill('Kept over a restart');
      await soon(() => JSON.stringify(core.state.ui)).toContain('Kept over a restart');
      await page.reload();
      await expect
        .poll(() => page.getByRole('textbox', { name: 'Message 1, user' }).inputValue())
        .toBe('Kept over a restart');
    }));
});
