// Opens the stage page in real Chromium under the product's Content-Security-Policy. Used by the tests here and by
// the benchmark: `const stage = await openStage(); await stage.measure({ panes: 6, perSecond: 1000, … })`.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { contentSecurityPolicy, newNonce } from '../../../main/shell/page-policy.ts';
import { chromiumPath } from '../../support/chromium.ts';
import type { Measured } from './stage-measure.ts';
import type { Stage } from './stage-page.tsx';

const ORIGIN = 'http://localhost:1';
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

export interface RunOptions {
  panes: number;
  /** Deltas a second and pane. */
  perSecond: number;
  seconds: number;
  view: 'text' | 'markdown';
  /** With the event list and arrival strip of each pane. */
  events: boolean;
}

export interface OpenStage {
  page: Page;
  /** Requests the page made that were not its own files. */
  requests: string[];
  problems: string[];
  /** Runs on the page; `window.stage` is of the type `Stage`. */
  measure(options: RunOptions): Promise<Measured & { deltas: number; cpu: number; heapMb: number }>;
  close(): Promise<void>;
}

export async function openStage({ width = 1440, height = 900 } = {}): Promise<OpenStage> {
  if (!chromiumPath) throw new Error('No Chrome or Chromium was found. Install Chromium to run this test.');
  const files = await bundle();
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const page = await browser.newPage({ viewport: { width, height } });
  const requests: string[] = [];
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url === `${ORIGIN}/`) {
      const nonce = newNonce();
      return route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': contentSecurityPolicy(nonce, []) },
        body: `<!doctype html><html data-theme="dark"><head>${[...files.keys()]
          .filter((name) => name === '/stage.css')
          .map((name) => `<link rel="stylesheet" href="${name}">`)
          .join(
            '',
          )}</head><body><div id="root"></div><script type="module" src="/stage.js"></script></body></html>`,
      });
    }
    const file = url.startsWith(ORIGIN) ? files.get(new URL(url).pathname) : undefined;
    if (!file) {
      requests.push(url);
      return route.abort();
    }
    return route.fulfill({ body: file, contentType: TYPES[path.extname(url)] ?? 'application/octet-stream' });
  });
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => 'stage' in window);
  const cdp = await page.context().newCDPSession(page);
  // CPU time of the main thread, not wall time: other processes on the machine must not count.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metric = async (name: string) => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find((one) => one.name === name)?.value ?? 0;
  };

  return {
    page,
    requests,
    problems,
    measure: async (options) => {
      const before = await metric('TaskDuration');
      const begun = performance.now();
      let running = true;
      const run = page
        .evaluate((given) => (window as unknown as { stage: Stage }).stage.run(given), options)
        .finally(() => {
          running = false;
        });
      // Someone types while it streams.
      while (running) {
        await page.keyboard.press('Shift');
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      const measured = await run;
      const cpu = (await metric('TaskDuration')) - before;
      const seconds = (performance.now() - begun) / 1000;
      const heapMb = Math.round((await metric('JSHeapUsedSize')) / 1e5) / 10;
      return { ...measured, cpu: Math.round((cpu / seconds) * 1000) / 1000, heapMb };
    },
    close: () => browser.close(),
  };
}

async function bundle(): Promise<Map<string, Buffer>> {
  // Under vitest it is `test`, and React's development build would be measured.
  process.env.NODE_ENV = 'production';
  const outDir = mkdtempSync(path.join(tmpdir(), 'keybench-stage-'));
  await build({
    configFile: false,
    // Where Tailwind looks for class names.
    root: path.resolve(import.meta.dirname, '../../../renderer'),
    logLevel: 'error',
    plugins: [react(), tailwindcss()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: path.join(import.meta.dirname, 'stage-page.tsx'),
        output: {
          entryFileNames: 'stage.js',
          assetFileNames: (asset) =>
            asset.names[0]?.endsWith('.css') ? 'stage.css' : 'assets/[name][extname]',
        },
      },
      cssCodeSplit: false,
    },
  });
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files.set(`/${path.relative(outDir, file).split(path.sep).join('/')}`, readFileSync(file));
  }
  rmSync(outDir, { recursive: true, force: true });
  return files;
}
