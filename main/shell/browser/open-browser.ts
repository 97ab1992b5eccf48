// Opens the window: the system's Chrome or Chromium in app mode, with a profile of its own.
// The launch code goes through a 0600 file, never through an argument, which every local user could read.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchFile } from './launch-page.ts';

/** How long the launch file may lie there; the code in it is worthless after a minute anyway. */
const FILE_MS = 20_000;

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
}

export function openBrowser({ browser, dataDir, origin, code, args = [] }: OpenOptions): BrowserWindow {
  const profile = path.join(dataDir, 'chromium');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  chmodSync(profile, 0o700);
  forgetful(profile);
  const file = path.join(dataDir, `launch-${process.pid}.html`);
  rmSync(file, { force: true });
  writeFileSync(file, launchFile(`${origin}/launch`, code), { mode: 0o600, flag: 'wx' });
  const forget = () => rmSync(file, { force: true });
  setTimeout(forget, FILE_MS).unref();
  const child = spawn(browser, [...browserArgs(profile), `--app=${pathToFileURL(file).href}`, ...args], {
    stdio: 'ignore',
    detached: false,
  });
  child.on('error', forget);
  child.on('exit', forget);
  return { child, close: () => void child.kill('SIGTERM') };
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
export function browserArgs(profile: string): string[] {
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
