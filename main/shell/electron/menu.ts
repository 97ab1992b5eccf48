// The application menu: what the system expects (edit, window, quit). The app's own commands live in the window.
import { Menu, type MenuItemConstructorOptions } from 'electron';

export function setMenu(platform: NodeJS.Platform): void {
  const mac: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
        ],
      },
      // No "close" accelerator: Ctrl W closes a request's tab, not the window.
      { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'quit' }] },
    ]),
  );
}
