// A window whose renderer died is loaded again; what it showed is in history. No report is sent anywhere.
import { app, type BrowserWindow } from 'electron';

const MAX_RELOADS = 3;

export function survivesCrashes(window: BrowserWindow, warn: (sentence: string) => void): void {
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, details) => {
    warn(`The window ended: ${details.reason}.`);
    if (details.reason !== 'clean-exit' && ++reloads <= MAX_RELOADS) window.reload();
  });
  app.on('child-process-gone', (_event, details) =>
    warn(`A ${details.type} process ended: ${details.reason}.`),
  );
}
