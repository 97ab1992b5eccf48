// Opens the window: the system's Chrome or Chromium in app mode, with a profile of its own.
// The launch code goes through a 0600 file, never through an argument, which every local user could read.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchFile } from './launch-page.ts';

/** How long the launch file may lie there; the code in it is worthless after a minute anyway. */
const FILE_MS = 20_000;
const CODE_MS = 60_000;

export interface BrowserWindow {
  child: ChildProcess;
  close(): void;
}

export interface OpenOptions {
  browser: string;
  dataDir: string;
  /** `http://127.0.0.1:PORT` */
  origin: string;
  code: string;
  /** Extra arguments, e.g. `--headless` in tests. */
  args?: readonly string[];
  /** For tests: milliseconds until the launch file is removed. */
  fileMs?: number;
}

export function openBrowser(options: OpenOptions): BrowserWindow {
  const { browser, dataDir, origin, code, args = [], fileMs = FILE_MS } = options;
  const profile = path.join(dataDir, 'chromium');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  chmodSync(profile, 0o700);
  forgetful(profile);
  sweep(dataDir);
  // A name of its own each time: the window before may not have read its file yet.
  const file = path.join(dataDir, `launch-${randomBytes(6).toString('hex')}.html`);
  writeFileSync(file, launchFile(`${origin}/launch`, code), { mode: 0o600, flag: 'wx' });
  const forget = () => rmSync(file, { force: true });
  setTimeout(forget, fileMs).unref();
  const child = spawn(browser, [...browserArgs(profile), `--app=${pathToFileURL(file).href}`, ...args], {
    stdio: 'ignore',
    detached: false,
  });
  child.on('error', forget);
  // Success at once means that a browser which runs already was handed the file, and it has yet to read it.
  child.on('exit', (status) => {
    if (status !== 0) forget();
  });
  return { child, close: () => void child.kill('SIGTERM') };
}

/** Files of a Keybench that ended before it could remove them. */
function sweep(dataDir: string) {
  for (const name of readdirSync(dataDir)) {
    const file = path.join(dataDir, name);
    if (/^launch-[0-9a-f]+\.html$/.test(name) && statSync(file).mtimeMs < Date.now() - CODE_MS)
      rmSync(file, { force: true });
  }
}

/** Chromium would offer to keep what is typed into a password field: exactly what must not happen to a key. */
function forgetful(profile: string) {
  const file = path.join(profile, 'Default', 'Preferences');
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const preferences = {
    credentials_enable_service: false,
    credentials_enable_autosignin: false,
    profile: { password_manager_enabled: false },
    autofill: { profile_enabled: false, credit_card_enabled: false },
  };
  writeFileSync(file, JSON.stringify(preferences), { mode: 0o600 });
}

/** Flags of every start. Nothing is synced, reported or extended; nothing stays in the disk cache. */
function browserArgs(profile: string): string[] {
  return [
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    '--disable-extensions',
    '--disable-breakpad',
    '--disable-save-password-bubble',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-features=Translate,OptimizationHints,MediaRouter',
    '--disk-cache-size=1',
    // Chromium asks its maker's servers (accounts, autofill, updates, time) whatever the flags above say, and the page
    // needs nobody but us. Loopback never goes through a proxy; all else is sent to one that is not there.
    '--proxy-server=http://127.0.0.1:9',
    '--window-size=1440,900',
    // Chromium refuses its sandbox to root; that is the one case in which it goes without.
    // `--test-type` only takes away the bar that would say so over the window.
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
  ];
}
