/** What the preload script exposes in Electron; absent in a browser. */
interface HostBridge {
  post(frame: unknown): void;
  onFrame(cb: (frame: unknown) => void): void;
}
interface Window {
  readonly host?: HostBridge;
}
