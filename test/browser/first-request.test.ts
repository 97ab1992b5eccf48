// "With no key and no network, the built-in Demo provider is ready: type a prompt, press Ctrl+Enter, watch it stream;
// see status, timing, request headers, response headers and every server-sent event with its time."
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from '../support/axe-violations.ts';
import { type AppWindow, openAppWindow, type RunningApp, startApp } from '../support/running-app.ts';
import { send } from './support/screens.ts';

describe.each(['dark', 'light'] as const)('the first request, %s', (theme) => {
  let app: RunningApp;
  let window: AppWindow;
  beforeAll(async () => {
    app = await startApp();
    window = await openAppWindow(app.url, { theme });
  });
  afterAll(async () => {
    await window?.close();
    await app?.close();
  });
  const page = () => window.page;
  const response = () => page().getByRole('region', { name: 'Response', exact: true });

  it('finds Demo ready, without a key', async () => {
    await page().getByRole('combobox', { name: 'Provider' }).getByText('Demo').waitFor();
    await page().getByText('No key needed').waitFor();
    expect(await axeViolations(page())).toEqual([]);
  });

  it('streams the answer to a typed prompt after Ctrl Enter', async () => {
    const prompt = page().getByRole('textbox', { name: 'Message 1, user' });
    await prompt.fill('Tell me about tidal lagoons.');
    await send(page());
    await response().getByText('Streaming', { exact: true }).first().waitFor();
    expect(await axeViolations(page())).toEqual([]);
    await response().getByText('tidal lagoons').first().waitFor();
    await response()
      .getByText(/^Done, \d+ tokens, /)
      .waitFor({ state: 'attached' });
    expect(await response().getByRole('tabpanel', { name: 'Output' }).innerText()).toContain('Demo provider');
  });

  it('shows status, time to first token, elapsed time, rate and tokens', async () => {
    const text = await response().innerText();
    expect(text).toMatch(/200/);
    expect(text).toMatch(/TTFT\s*\d+/);
    expect(text).toMatch(/Elapsed\s*\d/);
    expect(text).toMatch(/Rate\s*[\d.]+ tok\/s/);
    expect(text).toMatch(/In \/ out\s*\d+ \/ \d+/);
    expect(await axeViolations(page())).toEqual([]);
  });

  it('shows the headers that were sent and that came back', async () => {
    await response()
      .getByRole('tab', { name: /^Headers/ })
      .click();
    const headers = await response()
      .getByRole('tabpanel', { name: /^Headers/ })
      .innerText();
    expect(headers).toContain('anthropic-version');
    expect(headers).toContain('user-agent');
    expect(headers).toContain('request-id');
    expect(headers).toContain('anthropic-ratelimit-requests-remaining');
    expect(headers).toContain('text/event-stream');
    expect(await axeViolations(page())).toEqual([]);
  });

  it('shows every server-sent event with its time, and each one whole', async () => {
    const list = page()
      .getByRole('grid', { name: /event/i })
      .or(page().getByRole('listbox', { name: /event/i }));
    await list.first().waitFor();
    await list.first().focus();
    await page().keyboard.press('Home');
    await list.first().getByText('message_start', { exact: true }).waitFor();
    expect(await list.first().innerText()).toMatch(/\+\d/);
    await page().keyboard.press('End');
    await page().getByText('message_stop').first().waitFor();
    await page().keyboard.press('Home');
    await page().keyboard.press('Enter');
    await page().getByText('"input_tokens"').first().waitFor();
    expect(await axeViolations(page())).toEqual([]);
  });

  it('wrote nothing to the console and sent nothing off the machine', () => {
    expect(window.console).toEqual([]);
  });
});
