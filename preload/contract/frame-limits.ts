// The bounds of the bridge: plain numbers that both sides share.

/** Raised with every change of contract or frames that an older window could not follow. */
export const CONTRACT_VERSION = 1;
/** Events a server may send on one stream before the client returns credit. */
export const WINDOW = 512;
/** Events in one frame at the most. */
export const BATCH = 64;
/** Milliseconds a batch may wait after its first event. The very first event of a stream never waits. */
export const BATCH_MS = 8;
/** A batch is also closed at this many characters, since the window counts events and not bytes. */
export const BATCH_CHARS = 256 * 1024;
/** No frame is larger, in either direction; larger results are streams. */
export const MAX_FRAME_BYTES = 1024 * 1024;
/** Calls and streams one channel may have open at once. */
export const MAX_OPEN = 64;
