// The system's Chromium under playwright-core, with what it needs here and nothing that talks to the network.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const PLACES = [
  process.env.KEYBENCH_BROWSER,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Path of a browser, or `null`: tests that need one are then skipped with that reason. */
export const chromiumPath: string | null = PLACES.find((place) => place && existsSync(place)) ?? null;

const ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  // Chromium refuses its sandbox to root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** How long one step in a window may take, in ms: a slow one takes a tenth of it on a machine that has time. */
export const STEP_MS = 60_000;

export interface OpenBrowser {
  context: BrowserContext;
  page: Page;
  profile: string;
  close(): Promise<void>;
}

export interface BrowserOptions {
  width?: number;
  height?: number;
  theme?: 'dark' | 'light';
  reducedMotion?: boolean;
  deviceScaleFactor?: number;
}

/** A headless window with an empty profile of its own, removed by `close`. */
export async function openChromium({
  width = 1440,
  height = 900,
  theme = 'dark',
  reducedMotion = true,
  deviceScaleFactor = 1,
}: BrowserOptions = {}): Promise<OpenBrowser> {
  if (!chromiumPath) throw new Error('No Chrome or Chromium was found. Install Chromium to run this test.');
  const profile = mkdtempSync(path.join(tmpdir(), 'keybench-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless: true,
    args: ARGS,
    viewport: { width, height },
    deviceScaleFactor,
    colorScheme: theme,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  context.setDefaultTimeout(STEP_MS);
  return {
    context,
    page: context.pages()[0] ?? (await context.newPage()),
    profile,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
