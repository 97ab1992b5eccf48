// The whole real app as a user starts it: the browser shell in a process of its own, in an empty data folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { type BrowserOptions, type OpenBrowser, openChromium } from './chromium.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const READY_MS = 60_000;

export interface RunningApp {
  child: ChildProcess;
  dataDir: string;
  /** An address to sign in with; good once, within a minute. */
  url: string;
  /** Everything the process has printed so far. */
  printed: () => string;
  /** A new address from the running app, as a second `npm start` gets it. */
  newUrl(): Promise<string>;
  /** Ends it as the user would (SIGTERM), or by another signal. Resolves when it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Ends it and removes the data folder. */
  close(): Promise<void>;
}

export interface StartOptions {
  dataDir?: string;
  /** Added to a small fixed environment; e.g. a test keyring's. */
  env?: Record<string, string>;
  args?: readonly string[];
}

/** Starts the app and waits until it is ready. Rejects with what it printed if it is not. */
export async function startApp({ dataDir, env = {}, args = [] }: StartOptions = {}): Promise<RunningApp> {
  const dir = dataDir ?? mkdtempSync(path.join(tmpdir(), 'keybench-data-'));
  const { child, url, printed } = await launch(dir, env, args);
  const stop = (signal: NodeJS.Signals = 'SIGTERM') =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  return {
    child,
    dataDir: dir,
    url,
    printed,
    stop,
    newUrl: async () => (await launch(dir, env, args)).url,
    close: async () => {
      await stop();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function launch(dataDir: string, env: Record<string, string>, args: readonly string[]) {
  const child = spawn(
    process.execPath,
    ['--disable-sigusr1', path.join(ROOT, 'main/shell/browser/main.ts'), '--no-open', ...args],
    {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: dataDir,
        LANG: 'C.UTF-8',
        KEYBENCH_DATA_DIR: dataDir,
        KEYBENCH_TEST: '1',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    const give = (why: string) => reject(new Error(`The app did not start: ${why}\n${text}`));
    const timer = setTimeout(() => give('no answer in time'), READY_MS);
    const hear = (chunk: Buffer) => {
      text += chunk;
      const found = /Keybench is ready: (\S+)/.exec(text)?.[1];
      if (found) {
        clearTimeout(timer);
        resolve(found);
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (error) => give(error.message));
    child.once('exit', (code) => give(`it ended with ${code}`));
  });
  return { child, url, printed: () => text };
}

export interface AppWindow extends OpenBrowser {
  /** Lines the page wrote to its console, and errors it threw. */
  console: string[];
}

/** Signs a fresh Chromium in at `url` and waits until the window can be used, or says that another one is in use. */
export async function openAppWindow(url: string, options: BrowserOptions = {}): Promise<AppWindow> {
  const browser = await openChromium(options);
  const lines: string[] = [];
  watchConsole(browser.page, lines);
  await browser.page.goto(url);
  const rail = browser.page.getByRole('navigation', { name: 'Screens' });
  await rail
    .or(browser.page.getByRole('button', { name: 'Use this window' }))
    .first()
    .waitFor();
  return { ...browser, console: lines };
}

function watchConsole(page: Page, lines: string[]) {
  page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => lines.push(`error: ${error.message}`));
}
