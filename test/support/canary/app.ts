// The app and its command line as a person starts them: real processes, in a home of their own, with their own window.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromiumPath } from '../chromium.ts';
import { type AppWindow, attachToWindow } from './app-window.ts';
import type { Ledger } from './ledger.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

export interface Home {
  /** HOME, the XDG folders and the temporary folder are below. */
  dir: string;
  dataDir: string;
  env: Record<string, string>;
  /** In the environment of every process of the run. */
  mark: string;
}

/** `base`: the environment of the keyring, whose HOME this becomes. */
export function createHome(dir: string, base: Record<string, string>): Home {
  const mark = `KEYBENCH_CANARY_RUN=${path.basename(dir)}`;
  const temp = path.join(dir, 'temp');
  const browser = path.join(dir, 'browser.sh');
  mkdirSync(temp, { mode: 0o700 });
  // The app's own arguments stay; only the screen is missing.
  writeFileSync(browser, `#!/bin/sh\nexec '${chromiumPath}' "$@" --headless --remote-debugging-port=0\n`);
  chmodSync(browser, 0o700);
  const env = {
    ...base,
    TMPDIR: temp,
    KEYBENCH_BROWSER: browser,
    KEYBENCH_CANARY_RUN: path.basename(dir),
  };
  return { dir, dataDir: path.join(base.XDG_DATA_HOME ?? dir, 'keybench'), env, mark };
}

export interface CanaryApp {
  child: ChildProcess;
  window: AppWindow;
  /** Ends app and browser; what it printed has been looked at then. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

type WindowOptions = Pick<Parameters<typeof attachToWindow>[1], 'pasted' | 'onSecret'>;

export async function startCanaryApp(ledger: Ledger, home: Home, options: WindowOptions): Promise<CanaryApp> {
  const profile = path.join(home.dataDir, 'chromium');
  rmSync(path.join(profile, 'DevToolsActivePort'), { force: true }); // of the browser before
  const child = spawn(
    process.execPath,
    ['--disable-sigusr1', path.join(ROOT, 'main/shell/browser/main.ts')],
    {
      cwd: ROOT,
      env: home.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const printed = collect(child);
  const gone = once(child, 'exit');
  const early = gone.then(() => Promise.reject(new Error(`The app did not start: ${printed.stderr()}`)));
  early.catch(() => {});
  const window = await Promise.race([attachToWindow(ledger, { profile, ...options }), early]);
  return {
    child,
    window,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await gone;
      await window.lookAtPage().catch(() => {});
      await window.close();
      ledger.look('stdout', 'app', printed.stdout());
      ledger.look('stderr', 'app', printed.stderr());
    },
  };
}

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `keybench …` with `stdin` piped in, and looks at what it prints. */
export async function runCommand(
  ledger: Ledger,
  home: Home,
  args: readonly string[],
  stdin = '',
): Promise<CommandResult> {
  const child = spawn(process.execPath, [path.join(ROOT, 'main/shell/cli/main.ts'), ...args], {
    cwd: home.dir,
    env: home.env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const printed = collect(child);
  child.stdin.on('error', () => {}); // a command that reads nothing
  child.stdin.end(stdin);
  const [code] = (await once(child, 'close')) as [number | null];
  const [stdout, stderr] = [printed.stdout(), printed.stderr()];
  const where = `keybench ${args.slice(0, 2).join(' ')}`;
  ledger.look('stdout', where, stdout);
  ledger.look('stderr', where, stderr);
  return { code, stdout, stderr };
}

function collect({ stdout, stderr }: ChildProcess): { stdout: () => string; stderr: () => string } {
  const chunks: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  stdout?.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
  stderr?.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
  return {
    stdout: () => Buffer.concat(chunks.stdout).toString(),
    stderr: () => Buffer.concat(chunks.stderr).toString(),
  };
}
