// The Electron shell, as a table of contents. Everything with logic lives in core or in the file named here.
import path from 'node:path';
import { app, BrowserWindow, session } from 'electron';
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
    entries: { searchWorker: path.join(DIST, 'main', 'search-worker.js') },
    longLived: true,
    logToStderr: false,
    testMode: false,
  });
  serveAppScheme(session.defaultSession, loadAssets(path.join(DIST, 'renderer')), core.theme);
  denyPermissions(session.defaultSession);
  setMenu(process.platform);

  const open = async () => {
    const window = await openWindow(DIST);
    survivesCrashes(window, (sentence) => core.log.warn(sentence));
  };
  app.on('web-contents-created', (_event, contents) => {
    forbidNavigation(contents);
    attachIpc(contents, (channel) => void serve(contract, core.handlers, channel, core.serveOptions));
  });
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) return void open();
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void core.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
  await open();
}

process.umask(0o077);
registerAppScheme();
// Before ready, for every renderer there will ever be.
app.enableSandbox();
if (app.requestSingleInstanceLock()) void start();
else app.quit();
