// S13: a page on another loopback port, in a real Chromium that is signed in to Keybench's host. The browser does send
// it our cookie (ports are one site), so the host itself must refuse.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenBrowser, openChromium } from '../support/chromium.ts';
import { type LoopbackHost, startForeignServer, startLoopbackHost } from '../support/loopback-host.ts';

let host: LoopbackHost;
let foreign: { origin: string; close(): void };
let browser: OpenBrowser;
beforeAll(async () => {
  host = await startLoopbackHost();
  foreign = await startForeignServer('<!doctype html><title>hostile</title>');
  browser = await openChromium();
  await browser.page.goto(`${host.origin}/launch#${host.access.newLaunchCode()}`);
  await browser.page.getByText('ASSET-BYTES').waitFor();
  await browser.page.goto(foreign.origin);
});
afterAll(async () => {
  await browser.close();
  foreign.close();
  await host.close();
});

it('the signed-in browser itself still gets in', async () => {
  const page = await browser.context.newPage();
  const answer = await page.goto(`${host.origin}/`);
  expect(answer?.status()).toBe(200);
  await page.close();
});

it('cannot post, whatever the mode', async () => {
  host.answers.length = 0;
  const read = await browser.page.evaluate(async (origin) => {
    const seen: string[] = [];
    for (const mode of ['no-cors', 'cors'] as const) {
      const answer = await fetch(`${origin}/session`, { method: 'POST', mode, credentials: 'include' }).catch(
        () => null,
      );
      seen.push(answer ? `${answer.type}:${await answer.text()}` : 'blocked');
    }
    return seen;
  }, host.origin);
  expect(read).toEqual(['blocked', 'blocked']);
  // Both arrived, cookie and all, and were refused.
  expect(host.answers).toEqual(['POST /session 403', 'POST /session 403']);
});

it('cannot open the socket', async () => {
  const opened = await browser.page.evaluate(
    (origin) =>
      new Promise<string>((resolve) => {
        const ws = new WebSocket(`${origin.replace('http', 'ws')}/ws`);
        ws.onopen = () => resolve('open');
        ws.onerror = () => resolve('refused');
      }),
    host.origin,
  );
  expect(opened).toBe('refused');
  expect(host.sockets()).toBe(0);
});

it('cannot frame, script or read the window', async () => {
  const result = await browser.page.evaluate(async (origin) => {
    const frame = document.createElement('iframe');
    frame.src = `${origin}/`;
    document.body.append(frame);
    await new Promise((resolve) => {
      frame.onload = resolve;
      setTimeout(resolve, 20_000);
    });
    let text = 'unreadable';
    try {
      text = frame.contentDocument?.body.textContent ?? 'unreadable';
    } catch {}
    const script = await new Promise((resolve) => {
      const tag = document.createElement('script');
      tag.src = `${origin}/assets/app.js`;
      tag.onload = () => resolve('loaded');
      tag.onerror = () => resolve('refused');
      document.body.append(tag);
    });
    return { text, script };
  }, host.origin);
  expect(result).toEqual({ text: 'unreadable', script: 'refused' });
});
