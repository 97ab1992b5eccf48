// All that the window gets from Electron: a way to post a frame and a way to hear frames. No method names, no secrets.
import { contextBridge, ipcRenderer } from 'electron';
import type { Frame } from './contract/frames.ts';

contextBridge.exposeInMainWorld('host', {
  post: (frame: Frame) => ipcRenderer.send('rpc', frame),
  onFrame: (cb: (frame: Frame) => void) => {
    ipcRenderer.on('rpc', (_event, frame: Frame) => cb(frame));
  },
});
