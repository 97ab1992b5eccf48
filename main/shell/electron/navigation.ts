// The window shows our page and nothing else, for ever: no navigation, no new windows, no webviews.
// https://www.electronjs.org/docs/latest/tutorial/security#13-disable-or-limit-navigation (and 12, 14)
import type { WebContents } from 'electron';

export function forbidNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
