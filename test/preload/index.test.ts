import { expect, it, vi } from 'vitest';
import { contextBridge, ipcRenderer } from '../support/electron-stub.ts';

it('gives the page exactly two functions, and no way to name an ipc channel', async () => {
  const expose = vi.fn();
  contextBridge.exposeInMainWorld = expose;
  const send = vi.fn();
  ipcRenderer.send = send;
  await import('../../preload/index.ts');
  expect(expose).toHaveBeenCalledOnce();
  const [name, host] = expose.mock.calls[0] as [
    string,
    { post(frame: unknown): void; onFrame(cb: unknown): void },
  ];
  expect(name).toBe('host');
  expect(Object.keys(host)).toEqual(['post', 'onFrame']);

  host.post({ t: 'cancel', id: 1 });
  expect(send).toHaveBeenCalledWith('rpc', { t: 'cancel', id: 1 });

  const heard = vi.fn();
  host.onFrame(heard);
  ipcRenderer.emit('rpc', { sender: 'the event object must not reach the page' }, { t: 'done', id: 1 });
  expect(heard.mock.calls).toEqual([[{ t: 'done', id: 1 }]]);
});
