// The window without its core: the built renderer in real Chromium, its bridge ended by handlers of the test's own.
// Nothing listens on a port; pages come from memory under the product's Content-Security-Policy.
import { tmpdir } from 'node:os';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { serve } from '../../main/core/rpc/serve.ts';
import { contentSecurityPolicy, NONCE_MARK, newNonce } from '../../main/shell/page-policy.ts';
import type { Capabilities, ServerFrame } from '../../preload/contract/frames.ts';
import { type AppHandlers, contract } from '../../preload/contract/index.ts';
import { chromiumPath, STEP_MS } from './chromium.ts';
import { createFakeCore, type FakeCore } from './fake-core/fake-handlers.ts';
import type { FakeOptions } from './fake-core/state.ts';
import { builtRenderer } from './renderer-build.ts';

export interface WindowOptions extends FakeOptions {
  /** Replaces single handlers of the fake core. */
  handlers?: Partial<AppHandlers>;
  /** What the system prefers; `settings: { 'appearance.theme': … }` chooses in the app. */
  theme?: 'dark' | 'light';
  /** CSS pixels; default 1440 × 900. */
  width?: number;
  height?: number;
  reducedMotion?: boolean;
  forcedColors?: boolean;
  capabilities?: Partial<Capabilities>;
  /** `ipc` (default): `window.host` as in Electron. `ws`: POST /session and a WebSocket as in the browser shell. */
  transport?: 'ipc' | 'ws';
}

export interface OpenWindow {
  page: Page;
  context: BrowserContext;
  core: FakeCore;
  /** Errors the page threw and what its console called an error, CSP violations included. */
  problems: string[];
  /** `ws` only: ends the socket as a core that died would; with `refuse` no new one is let in until it is lifted. */
  dropSocket(refuse?: boolean): void;
  admit(): void;
  /** Writes a PNG to `directory` (default: $KEYBENCH_SHOTS or the system's temporary folder) and returns its path. */
  shot(name: string): Promise<string>;
  close(): Promise<void>;
}

const ORIGIN = 'http://keybench.test';
const CAPABILITIES: Capabilities = {
  shell: 'test',
  windowControls: false,
  nativeMenu: false,
  nativeFileDialog: false,
  copySecret: false,
  revealInFolder: false,
  appShortcuts: true,
  remote: false,
};

let browser: Promise<Browser> | undefined;

/** One browser per test process; `closeWindows` in `afterAll` ends it. */
const launch = () => {
  if (!chromiumPath) throw new Error('No Chrome or Chromium was found. Install Chromium to run this test.');
  browser ??= chromium.launch({
    executablePath: chromiumPath,
    args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  return browser;
};

export async function closeWindows(): Promise<void> {
  const open = browser;
  browser = undefined;
  await (await open)?.close();
}

/** Opens a window on a fresh fake core and waits until the frame is drawn. */
export async function openWindow(options: WindowOptions = {}): Promise<OpenWindow> {
  const {
    width = 1440,
    height = 900,
    theme = 'dark',
    reducedMotion = true,
    forcedColors = false,
    transport = 'ipc',
  } = options;
  const [files, running] = await Promise.all([builtRenderer(), launch()]);
  const core = createFakeCore(options);
  const handlers: AppHandlers = { ...core.handlers, ...options.handlers };
  const capabilities = { ...CAPABILITIES, ...options.capabilities };
  const context = await running.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    forcedColors: forcedColors ? 'active' : 'none',
  });
  context.setDefaultTimeout(STEP_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });

  await context.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/session') return refusing ? route.abort() : route.fulfill({ json: { token: 'test' } });
    const file = files.get(pathname === '/' ? '/index.html' : pathname);
    if (!file) return route.fulfill({ status: 404 });
    const nonce = newNonce();
    const html = file.type.startsWith('text/html');
    return route.fulfill({
      contentType: file.type,
      body: html ? file.body.toString().replaceAll(NONCE_MARK, nonce) : file.body,
      headers: html
        ? { 'content-security-policy': contentSecurityPolicy(nonce, [ORIGIN.replace('http', 'ws')]) }
        : {},
    });
  });

  let refusing = false;
  let dropSocket = () => {};
  if (transport === 'ipc') await bridgeByBinding(page, handlers, capabilities);
  else
    await page.routeWebSocket(`${ORIGIN.replace('http', 'ws')}/ws`, (socket) => {
      let received: (frame: unknown) => void = () => {};
      const closers: (() => void)[] = [];
      const end = () => {
        for (const closer of closers.splice(0)) closer();
      };
      serve(
        contract,
        handlers,
        {
          post: (frame: ServerFrame) => socket.send(JSON.stringify(frame)),
          onFrame: (cb) => {
            received = cb;
          },
          onClose: (cb) => closers.push(cb),
          close: () => void socket.close(),
        },
        { capabilities, checkOutput: true },
      );
      socket.onMessage((data) => received(JSON.parse(String(data))));
      socket.onClose(end);
      dropSocket = () => {
        end();
        void socket.close({ code: 1012 });
      };
    });

  await page.goto(`${ORIGIN}/`);
  await page.locator('main').waitFor();
  return {
    page,
    context,
    core,
    problems,
    dropSocket: (refuse = false) => {
      refusing = refuse;
      dropSocket();
    },
    admit: () => {
      refusing = false;
    },
    shot: async (name) => {
      const file = `${process.env.KEYBENCH_SHOTS ?? tmpdir()}/${name}.png`;
      await page.screenshot({ path: file });
      return file;
    },
    close: () => context.close(),
  };
}

/** `window.host` as the preload script makes it, over Playwright's binding. */
async function bridgeByBinding(page: Page, handlers: AppHandlers, capabilities: Capabilities) {
  let received: (frame: unknown) => void = () => {};
  // One evaluate at a time keeps the order of frames; what gathers meanwhile goes together.
  let waiting: ServerFrame[] = [];
  let sending = false;
  const pump = async () => {
    if (sending) return;
    sending = true;
    while (waiting.length > 0) {
      const frames = waiting;
      waiting = [];
      await page
        .evaluate((all) => {
          const { __receive } = window as unknown as { __receive(frame: unknown): void };
          for (const frame of JSON.parse(all) as unknown[]) __receive(frame);
        }, JSON.stringify(frames))
        .catch(() => {}); // the page was closed
    }
    sending = false;
  };
  await page.exposeFunction('__post', (frame: unknown) => {
    // Each load of the page begins with a handshake of its own.
    if ((frame as { t?: unknown }).t === 'hello') {
      serve(
        contract,
        handlers,
        {
          post: (one: ServerFrame) => {
            waiting.push(one);
            void pump();
          },
          onFrame: (cb) => {
            received = cb;
          },
          onClose: (cb) => page.once('close', cb),
        },
        { capabilities, checkOutput: true },
      );
    }
    received(frame);
  });
  await page.addInitScript(() => {
    const listeners: ((frame: unknown) => void)[] = [];
    const bridge = window as unknown as {
      __post(frame: unknown): void;
      __receive(frame: unknown): void;
      host: unknown;
    };
    bridge.__receive = (frame) => {
      for (const listener of listeners) listener(frame);
    };
    bridge.host = Object.freeze({
      post: (frame: unknown) => void bridge.__post(frame),
      onFrame: (cb: (frame: unknown) => void) => void listeners.push(cb),
    });
  });
}
