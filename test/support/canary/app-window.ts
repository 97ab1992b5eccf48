// The window that the app itself has opened, in headless Chromium, seen through the debugger: frames, page, console.
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import type { AppClient } from '../../../preload/contract/index.ts';
import { processExists } from '../keyring.ts';
import { createFrameTap, type FrameTap, TAB_TOKEN } from './frame-tap.ts';
import type { Ledger } from './ledger.ts';
import type { Match } from './searcher.ts';

export interface AppWindow {
  page: Page;
  /** The whole contract over the window's own connection; streams resolve with all their events. */
  call<M extends keyof AppClient>(
    method: M,
    input: Parameters<AppClient[M]>[0],
    onEvent?: (event: Streamed<M>) => boolean,
  ): Promise<
    ReturnType<AppClient[M]> extends AsyncIterable<infer E> ? E[] : Awaited<ReturnType<AppClient[M]>>
  >;
  /** Looks at everything the page shows and keeps now. */
  lookAtPage(): Promise<void>;
  /** Ends the browser. */
  close(): Promise<void>;
}

type Streamed<M extends keyof AppClient> =
  ReturnType<AppClient[M]> extends AsyncIterable<infer E> ? E : never;

const READY_MS = 60_000;
const LOOK_MS = 400;
const ENDING_MS = 10_000;

interface Options {
  profile: string;
  /** Keys typed into text fields by mistake: such a field may show them. */
  pasted: ReadonlySet<string>;
  /** Told of the session's own secrets as they are made. */
  onSecret: (alias: string, text: string) => void;
}

/** Attaches to the Chromium with this profile, then loads the page again so that no frame is missed. */
export async function attachToWindow(ledger: Ledger, options: Options): Promise<AppWindow> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await debugPort(options.profile)}`);
  const page = await appPage(browser);
  page.setDefaultTimeout(READY_MS);
  await page.waitForFunction(() => location.protocol === 'http:' && location.pathname === '/');
  const cdp = await page.context().newCDPSession(page);
  page.on('console', (message) => ledger.look('console', message.type(), message.text()));
  page.on('pageerror', (error) => ledger.look('console', 'error', `${error.message}\n${error.stack}`));
  await page.addInitScript(keepSocket);
  const tap = await tapFrames(ledger, cdp, page, options);
  await page.reload();
  await page.locator('main').first().waitFor();
  await learnSession(cdp, page, options);

  let looking = true;
  const lookAtPage = () => lookAt(page, ledger, options.pasted);
  const watching = (async () => {
    while (looking) {
      await lookAtPage().catch(() => {}); // between two pages, or the app is gone
      await sleep(LOOK_MS);
    }
  })();
  return {
    page,
    call: async (method, input, onEvent) => {
      const answer = await tap.call(method, input, onEvent as (event: unknown) => boolean);
      return (STREAMS.has(method) ? answer : answer[0]) as never;
    },
    lookAtPage,
    close: async () => {
      looking = false;
      tap.closed();
      await watching;
      const pid = browserPid(options.profile);
      const end = await browser.newBrowserCDPSession().catch(() => null);
      await end?.send('Browser.close').catch(() => {});
      await browser.close().catch(() => {});
      await gone(pid);
    },
  };
}

const STREAMS = new Set<string>([
  'requests.send',
  'history.replay',
  'history.body',
  'app.status',
  'scanner.state',
  'scanner.export',
]);

/** Chromium's lock on its profile is a link to `host-pid`; `null` when there is none. */
function browserPid(profile: string): number | null {
  try {
    return Number(readlinkSync(path.join(profile, 'SingletonLock')).split('-').at(-1));
  } catch {
    return null;
  }
}

/** A browser that still ends would take the next one's window. */
async function gone(pid: number | null): Promise<void> {
  for (const end = Date.now() + ENDING_MS; pid !== null && processExists(pid); await sleep(50))
    if (Date.now() > end) process.kill(pid, 'SIGKILL');
}

async function debugPort(profile: string): Promise<number> {
  const file = path.join(profile, 'DevToolsActivePort');
  for (const end = Date.now() + READY_MS; Date.now() < end; await sleep(50)) {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
    if (port > 0) return port;
  }
  throw new Error('The browser that the app has started does not answer.');
}

async function appPage(browser: Browser): Promise<Page> {
  for (const end = Date.now() + READY_MS; Date.now() < end; await sleep(50)) {
    const page = browser.contexts()[0]?.pages()[0];
    if (page) return page;
  }
  throw new Error('The browser has no page.');
}

declare global {
  interface Window {
    canarySocket?: WebSocket;
  }
}

/** In the page, before its own code: the socket that it opens can be used from here as well. */
function keepSocket() {
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      window.canarySocket = this;
    }
  };
}

async function tapFrames(ledger: Ledger, cdp: CDPSession, page: Page, options: Options): Promise<FrameTap> {
  const post = (text: string) =>
    void page.evaluate((frame) => window.canarySocket?.send(frame), text).catch(() => {});
  const tap = createFrameTap(ledger, { post, pasted: options.pasted });
  await cdp.send('Network.enable', { maxTotalBufferSize: 1e8, maxResourceBufferSize: 1e7 });
  cdp.on('Network.webSocketFrameSent', ({ response }) => {
    const { token } = JSON.parse(response.payloadData) as { token?: string };
    if (token) options.onSecret(TAB_TOKEN, token);
    tap.sent(response.payloadData);
  });
  cdp.on('Network.webSocketFrameReceived', ({ response }) => tap.received(response.payloadData));
  cdp.on('Network.webSocketClosed', () => tap.closed());
  return tap;
}

async function learnSession(cdp: CDPSession, page: Page, { onSecret }: Options) {
  const { cookies } = await cdp.send('Network.getCookies', { urls: [page.url()] });
  for (const { name, value } of cookies) if (name.startsWith('keybench_')) onSecret('session cookie', value);
}

/** Markup, text, field values, titles and what the page keeps. Password fields hold what is being typed: left out. */
async function lookAt(page: Page, ledger: Ledger, pasted: ReadonlySet<string>): Promise<void> {
  const seen = await page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea, [contenteditable]')];
    const typed = fields.filter((field) => field.type !== 'password');
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    for (const field of copy.querySelectorAll('textarea, [contenteditable]')) field.textContent = '';
    for (const field of copy.querySelectorAll('input')) field.removeAttribute('value');
    return {
      fields: typed.map((field) => field.value ?? field.textContent ?? '').join('\n'),
      markup: copy.outerHTML,
      text: `${document.title}\n${copy.textContent}`,
      address: location.href,
      storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, window.name]),
    };
  });
  const allow = ({ alias }: Match) => pasted.has(alias);
  for (const [where, data] of Object.entries(seen))
    ledger.look('page', where, data, where === 'fields' ? { allow } : {});
}
