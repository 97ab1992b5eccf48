// Stands in for the package `electron` in tests (vitest alias): records what the shell asks for and lets a test play
// the events. It has only what the shell uses; anything else is missing on purpose and fails loudly.
import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

export interface StubFrame {
  url: string;
}

export class StubContents extends EventEmitter {
  readonly mainFrame: StubFrame = { url: 'app://keybench/index.html' };
  readonly sent: unknown[] = [];
  destroyed = false;
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  isDestroyed = () => this.destroyed;
  send = (_channel: string, frame: unknown) => void this.sent.push(frame);
  setWindowOpenHandler = (handler: (details: { url: string }) => { action: string }) => {
    this.openHandler = handler;
  };
  /** Plays a page load, as `loadURL` and a reload do. */
  navigate() {
    this.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
  }
  /** Plays a message of the page (or of another frame or contents). */
  post(frame: unknown, senderFrame: StubFrame | null = this.mainFrame, sender: StubContents = this) {
    ipcMain.emit('rpc', { sender, senderFrame }, frame);
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static getAllWindows = () => BrowserWindow.all;
  readonly options: unknown;
  readonly webContents = new StubContents();
  readonly loaded: string[] = [];
  show = vi.fn();
  focus = vi.fn();
  restore = vi.fn();
  reload = vi.fn();
  isMinimized = () => false;
  constructor(options: unknown) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
  }
  loadURL = async (url: string) => {
    this.loaded.push(url);
  };
}

export class StubSession {
  handlers: Record<string, (...args: never[]) => unknown> = {};
  setPermissionRequestHandler = (handler: (...args: never[]) => unknown) => {
    this.handlers.request = handler;
  };
  setPermissionCheckHandler = (handler: (...args: never[]) => unknown) => {
    this.handlers.check = handler;
  };
  setDevicePermissionHandler = (handler: (...args: never[]) => unknown) => {
    this.handlers.device = handler;
  };
  protocol = { handle: vi.fn() };
}

export const calls: string[] = [];
export const dialog = {
  showErrorBox: (title: string, content: string) => void calls.push(`box ${title}: ${content}`),
};
export const ipcMain = new EventEmitter();
export const ipcRenderer = Object.assign(new EventEmitter(), { send: vi.fn() });
export const contextBridge = { exposeInMainWorld: vi.fn() };
export const nativeTheme = { shouldUseDarkColors: true };
export const protocol = { registerSchemesAsPrivileged: vi.fn(() => void calls.push('registerScheme')) };
export const session = { defaultSession: new StubSession() };
export const shell = { openExternal: vi.fn(async () => {}) };
export const Menu = {
  setApplicationMenu: vi.fn(),
  buildFromTemplate: vi.fn((template: unknown) => template),
};
export const utilityProcess = { fork: vi.fn() };
export const app = Object.assign(new EventEmitter(), {
  enableSandbox: vi.fn(() => void calls.push('enableSandbox')),
  requestSingleInstanceLock: () => {
    calls.push('lock');
    return true;
  },
  whenReady: vi.fn(() => {
    calls.push('whenReady');
    return Promise.resolve();
  }),
  getVersion: () => '0.0.0-test',
  setPath: (name: string, value: string) => void calls.push(`setPath ${name} ${value}`),
  exit: (code: number) => void calls.push(`exit ${code}`),
  quit: vi.fn(),
});
