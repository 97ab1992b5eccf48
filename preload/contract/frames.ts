// The frames that cross a channel, and the limits that hold on each. See ARCHITECTURE.md, "Bridge".
import * as z from 'zod';
import { WireError } from './errors.ts';
import { BATCH, WINDOW } from './frame-limits.ts';

export * from './frame-limits.ts';

const id = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

/** What a shell can do; elsewhere code asks these and never the platform. */
export const Capabilities = z.object({
  shell: z.enum(['electron', 'browser', 'cli', 'test']),
  windowControls: z.boolean(),
  nativeMenu: z.boolean(),
  nativeFileDialog: z.boolean(),
  copySecret: z.boolean(),
  revealInFolder: z.boolean(),
  appShortcuts: z.boolean(),
  remote: z.boolean(),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** A shell that can do nothing of its own: what each shell begins from. */
export const NO_CAPABILITIES: Omit<Capabilities, 'shell'> = {
  windowControls: false,
  nativeMenu: false,
  nativeFileDialog: false,
  copySecret: false,
  revealInFolder: false,
  appShortcuts: false,
  remote: false,
};

/** Client to server. The first frame must be `hello`. */
export const ClientFrame = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('hello'), v: z.int(), token: z.string().max(256).optional() }),
  z.strictObject({ t: z.literal('open'), id, m: z.string().max(64), p: z.unknown() }),
  z.strictObject({ t: z.literal('cancel'), id }),
  z.strictObject({ t: z.literal('credit'), id, n: z.int().min(1).max(WINDOW) }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

/** Server to client. */
export const ServerFrame = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('welcome'), v: z.int(), capabilities: Capabilities }),
  z.strictObject({ t: z.literal('refused'), e: WireError }),
  z.strictObject({ t: z.literal('events'), id, e: z.array(z.unknown()).max(BATCH) }),
  z.strictObject({ t: z.literal('done'), id, r: z.unknown().optional() }),
  z.strictObject({ t: z.literal('fail'), id, e: WireError }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;

export type Frame = ClientFrame | ServerFrame;

/** All a transport must provide; a transport has no logic. Values are structured-cloneable JSON. */
export interface Channel<Out = Frame, In = unknown> {
  post(frame: Out): void;
  onFrame(cb: (frame: In) => void): void;
  onClose(cb: () => void): void;
  /** Ends the connection; used when the handshake is refused. */
  close?(): void;
}
