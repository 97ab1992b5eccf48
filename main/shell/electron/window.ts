// The one kind of window there is. Its options are compared with a golden list in test/security.
import path from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron';
import { APP_URL } from './app-protocol.ts';

export function windowOptions(preload: string, dark: boolean): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Keybench',
    // The page's own background, so that nothing flashes before first paint.
    backgroundColor: dark ? '#0d0f13' : '#f3f4f6',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
    },
  };
}

/** Opens the window and shows it when it can be painted. */
export async function openWindow(distDir: string): Promise<BrowserWindow> {
  const preload = path.join(distDir, 'preload', 'index.cjs');
  const window = new BrowserWindow(windowOptions(preload, nativeTheme.shouldUseDarkColors));
  window.once('ready-to-show', () => window.show());
  await window.loadURL(APP_URL);
  return window;
}
