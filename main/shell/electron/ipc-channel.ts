// The Electron transport: one ipc channel both ways. Each message's sender is checked, since any frame could post.
// https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
import { type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import type { Channel, ServerFrame } from '../../../preload/contract/frames.ts';
import { APP_ORIGIN } from './app-protocol.ts';

/**
 * Calls `connected` with a fresh channel for each page the window loads. A reload throws the page's client away, so the
 * channel before is closed and whatever it had open ends. That happens with the first word of the new page: until it is
 * there the old one lives on (and stays, if the load fails), and its last messages, such as its state, are still heard.
 */
export function attachIpc(
  contents: WebContents,
  connected: (channel: Channel<ServerFrame, unknown>) => void,
): void {
  let current: ReturnType<typeof ipcChannel> | undefined;
  let loading = false;
  const heard = (event: IpcMainEvent, frame: unknown) => {
    if (!isOwnFrame(event, contents)) return;
    if (loading && isHello(frame)) {
      loading = false;
      current?.close();
      current = ipcChannel(contents);
      connected(current);
    }
    current?.hear(frame);
  };
  const end = () => {
    current?.close();
    current = undefined;
  };
  ipcMain.on('rpc', heard);
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) loading = true;
  });
  contents.on('render-process-gone', end);
  contents.on('destroyed', () => {
    ipcMain.off('rpc', heard);
    end();
  });
}

const isHello = (frame: unknown) =>
  typeof frame === 'object' && frame !== null && 't' in frame && frame.t === 'hello';

function ipcChannel(contents: WebContents) {
  const listeners: ((frame: unknown) => void)[] = [];
  const closers: (() => void)[] = [];
  let open = true;
  return {
    hear: (frame: unknown) => {
      if (open) for (const cb of listeners) cb(frame);
    },
    post: (frame: ServerFrame) => {
      if (open && !contents.isDestroyed()) contents.send('rpc', frame);
    },
    onFrame: (cb: (frame: unknown) => void) => void listeners.push(cb),
    onClose: (cb: () => void) => void closers.push(cb),
    close: () => {
      open = false;
      for (const cb of closers.splice(0)) cb();
    },
  };
}

/** The window's own main frame, showing our own page. `senderFrame` is null once the frame is gone. */
export function isOwnFrame(
  event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>,
  contents: WebContents,
): boolean {
  const frame = event.senderFrame;
  if (contents.isDestroyed() || event.sender !== contents || frame === null) return false;
  return frame === contents.mainFrame && frame.url.startsWith(`${APP_ORIGIN}/`);
}
