// The bridge inside Electron: whatever preload exposes as `window.host`.
import type { Channel, ClientFrame } from '../../preload/contract/frames.ts';

export function ipcChannel(host: HostBridge): Channel<ClientFrame, unknown> {
  return {
    post: (frame) => host.post(frame),
    onFrame: (cb) => host.onFrame(cb),
    // The other side is the process that owns this window; it does not go away before the window does.
    onClose: () => {},
  };
}
