// The browser shell, as a table of contents: core, host, sockets, window, and the end of all of them.
import path from 'node:path';
import { contract } from '../../../preload/contract/index.ts';
import { systemClock } from '../../core/clock.ts';
import type { App } from '../../core/create-app.ts';
import { serve } from '../../core/rpc/serve.ts';
import { LAUNCH_USAGE, type LaunchArguments, parseLaunch, UsageError } from '../arguments.ts';
import { loadAssets } from '../assets.ts';
import { dataDir } from '../data-dir.ts';
import { openSystemBrowser } from '../open-system-browser.ts';
import { startCore } from '../start-core.ts';
import { Access } from './access.ts';
import { createHttpServer, type HttpOptions } from './http.ts';
import { type Answer, type Claim, claimInstance, InstanceSilent } from './instance.ts';
import { listen } from './listen.ts';
import { type BrowserWindow, openBrowser } from './open-browser.ts';
import { attachSockets } from './ws-channel.ts';

/** After the last window has gone, the app ends. A reload or a short disconnect is quicker than this. */
const LINGER_MS = 30_000;

async function main(args: LaunchArguments): Promise<void> {
  process.umask(0o077);
  // Whoever read what we print may be gone (`| head`, a closed terminal); the app is not.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const dir = dataDir();
  const browser = process.env.KEYBENCH_BROWSER ?? '';
  const open = args.open && browser !== '';
  let answerWish = (_window: boolean): Answer => ({ url: '', pid: process.pid });
  const claim = await claim1(dir, open, (window) => answerWish(window));
  if (claim && !claim.first) {
    say(
      claim.answer.url
        ? `Keybench is ready: ${claim.answer.url}`
        : 'Keybench is running already; its window was opened.',
    );
    return;
  }

  const core = await startCore({
    shell: 'browser',
    dataDir: dir,
    remote: args.socket !== null || args.publicPort !== null,
    appShortcuts: open,
    openLink: (url) => openSystemBrowser(url, browser),
  });
  const end = async () => {
    if (claim?.first) claim.close();
    await core.close();
  };
  try {
    answerWish = await host(core, { args, dir, browser, open, end });
  } catch (error) {
    // A port in use, no files of the window: without this the core would hold the process for ever.
    await end();
    throw error;
  }
}

interface Place {
  args: LaunchArguments;
  dir: string;
  browser: string;
  /** Is a window to be opened? */
  open: boolean;
  /** Ends core and the claim on the data folder. */
  end: () => Promise<void>;
}

/** Serves the window and opens it; returns what later starts are answered. */
async function host(
  core: App,
  { args, dir, browser, open, end }: Place,
): Promise<(window: boolean) => Answer> {
  const access = new Access(systemClock);
  const assets = loadAssets(path.resolve(import.meta.dirname, '../../../dist/renderer'));
  let address = '';
  let linger: NodeJS.Timeout | undefined;
  const options: HttpOptions = {
    access,
    assets,
    host: () => address,
    windowOpen: () => sockets.size() > 0,
    theme: core.theme,
  };
  const server = createHttpServer(options);
  const sockets = attachSockets(
    server,
    options,
    (channel) =>
      void serve(contract, core.handlers, channel, {
        ...core.serveOptions,
        authorize: (token) => access.tab(token),
      }),
    (size) => {
      clearTimeout(linger);
      if (size === 0 && open) linger = setTimeout(() => void stop(0), LINGER_MS);
    },
  );
  const port = await listen(server, args);
  server.on('error', (error) => core.log.error('The host met an error', error)); // e.g. no file descriptor left
  address = hostOf(args.publicPort ?? port);
  const origin = `http://${address}`;
  const entry = () => `${origin}/launch#${access.newLaunchCode()}`;

  const windows: BrowserWindow[] = [];
  let stopping = false;
  async function stop(code: number) {
    if (stopping) return;
    stopping = true;
    clearTimeout(linger);
    // A window without its app could only say that it lost it.
    for (const window of windows) window.close();
    sockets.close();
    server.close();
    server.closeAllConnections();
    await end().catch((error: unknown) => core.log.error('Closing failed', error));
    process.exit(code);
  }
  /** `null` when there can be none: a browser needs a profile, and a read-only data folder holds none. */
  const openWindow = () => {
    try {
      const window = openBrowser({ browser, dataDir: dir, origin, code: access.newLaunchCode() });
      windows.push(window);
      window.child.on('error', () => say(`The browser could not be started. Keybench is ready: ${entry()}`));
      return window;
    } catch (error) {
      core.log.error('The window could not be opened', error);
      return null;
    }
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  process.on('SIGHUP', () => void stop(0));
  // What nobody caught leaves the app in a state that nobody knows: say it in the log, close the database, end.
  const fatal = (error: unknown) => {
    core.log.error('An error that nothing had foreseen ended Keybench', error);
    void stop(1);
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);

  const window = open ? openWindow() : null;
  if (window) {
    // Closing the window may leave Chromium's process behind or end it at once; the sockets decide, not the process.
    window.child.on('exit', (code) => {
      if (sockets.size() > 0) return;
      if (code !== 0) say(`The browser ended early. Keybench is ready: ${entry()}`);
      // A window that was closed before it had connected: nobody is there, and no socket will ever tell.
      else linger ??= setTimeout(() => void stop(0), LINGER_MS);
    });
    say(`Keybench is open (${sinceStart()}).`);
  } else {
    if (open) say('No window could be opened: its profile cannot be written into the data folder.');
    say(`Keybench is ready: ${entry()}`);
    say('The address works once, within a minute; "npm start" again for a new one. Ctrl C ends Keybench.');
  }
  return (wanted) => {
    const opened = wanted && browser !== '' && openWindow() !== null;
    return { url: opened ? '' : entry(), pid: process.pid };
  };
}

/** As a browser writes it into `Host`: without the port that http has anyway. */
const hostOf = (port: number) => (port === 80 ? '127.0.0.1' : `127.0.0.1:${port}`);

/** `null` when the data folder cannot hold a control socket: the app then runs, as the only one that knows of itself. */
async function claim1(
  dir: string,
  window: boolean,
  answer: (window: boolean) => Answer,
): Promise<Claim | null> {
  try {
    return await claimInstance(dir, { window }, (wish) => answer(wish.window));
  } catch (error) {
    if (error instanceof InstanceSilent) throw error;
    return null;
  }
}

/** Time since the user pressed Enter: `npm start` says when that was. */
function sinceStart(): string {
  const began = Number(process.env.KEYBENCH_BEGAN) || performance.timeOrigin;
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}

try {
  const args = parseLaunch(process.argv.slice(2));
  if (args.help) say(LAUNCH_USAGE);
  else await main(args);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'Keybench could not start.'}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
