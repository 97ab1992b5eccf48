// The Electron shell, as a table of contents. Everything with logic lives in core or in the file named here.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, dialog, session } from 'electron';
import { contract } from '../../../preload/contract/index.ts';
import { createApp } from '../../core/create-app.ts';
import { serve } from '../../core/rpc/serve.ts';
import { loadAssets } from '../assets.ts';
import { dataDir } from '../data-dir.ts';
import { registerAppScheme, serveAppScheme } from './app-protocol.ts';
import { survivesCrashes } from './crashes.ts';
import { attachIpc } from './ipc-channel.ts';
import { setMenu } from './menu.ts';
import { forbidNavigation } from './navigation.ts';
import { openLink } from './open-link.ts';
import { denyPermissions } from './permissions.ts';
import { spawnKeychain } from './spawn-keychain.ts';
import { openWindow } from './window.ts';

// Compiled to dist/main/main.js.
const DIST = path.resolve(import.meta.dirname, '..');

async function start() {
  await app.whenReady();
  const assets = loadAssets(path.join(DIST, 'renderer'));
  const core = await createApp({
    dataDir: dataDir(),
    version: app.getVersion(),
    capabilities: {
      shell: 'electron',
      windowControls: true,
      nativeMenu: true,
      nativeFileDialog: true,
      copySecret: false,
      revealInFolder: true,
      appShortcuts: true,
      remote: false,
    },
    openLink,
    spawnKeytar: () => spawnKeychain(path.join(DIST, 'main', 'keytar-process.js')),
    entries: {
      searchWorker: path.join(DIST, 'main', 'search-worker.js'),
      scan: { entry: path.join(DIST, 'main', 'scan-thread.js') },
    },
    longLived: true,
    logToStderr: false,
    testMode: false,
  });
  serveAppScheme(session.defaultSession, assets, core.theme);
  denyPermissions(session.defaultSession);
  setMenu(process.platform);

  const open = async () => {
    const window = await openWindow(DIST);
    survivesCrashes(window, (sentence) => core.log.warn(sentence));
  };
  const openAgain = () =>
    void open().catch((error: unknown) => core.log.error('A window could not be opened', error));
  app.on('web-contents-created', (_event, contents) => {
    forbidNavigation(contents);
    attachIpc(contents, (channel) => void serve(contract, core.handlers, channel, core.serveOptions));
  });
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) return openAgain();
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openAgain();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let closing = false;
  // What nobody caught leaves the app in a state that nobody knows: say it in the log, close the database, end.
  const fatal = (error: unknown) => {
    core.log.error('An error that nothing had foreseen ended Keybench', error);
    app.quit();
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    if (closing) return; // asked to quit again meanwhile
    closing = true;
    void core
      .close()
      .catch((error: unknown) => core.log.error('Closing failed', error))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
  await open();
}

/** Without a word the app would run on with no window, and hold the lock against the next start. */
function giveUp(error: unknown) {
  dialog.showErrorBox('Keybench could not start', error instanceof Error ? error.message : 'Unknown reason.');
  app.exit(1);
}

/** Chromium's own files, and with them the single-instance lock, belong to the data folder: one Keybench per folder. */
function keepInDataFolder() {
  const folder = path.join(dataDir(), 'electron');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    app.setPath('userData', folder);
  } catch {} // a folder that cannot be made is what the database says
}

process.umask(0o077);
keepInDataFolder();
registerAppScheme();
// Before ready, for every renderer there will ever be.
app.enableSandbox();
if (app.requestSingleInstanceLock()) void start().catch(giveUp);
else app.quit();
