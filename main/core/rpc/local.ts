// The in-process bridge for the command line and tests: the same validation, no transport.

import { connect } from '../../../preload/contract/connect.ts';
import type { Client, Contract, Handlers } from '../../../preload/contract/define.ts';
import { type Capabilities, NO_CAPABILITIES, type ServerFrame } from '../../../preload/contract/frames.ts';
import { type ServeOptions, serve } from './serve.ts';

const CAPABILITIES: Capabilities = { shell: 'cli', ...NO_CAPABILITIES };

/** Connects a client to handlers in the same process. Frames are handed over on a microtask, as a transport would. */
export function connectLocal<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  options: Partial<ServeOptions> = {},
): { client: Client<C>; close: () => void } {
  let toServer: (frame: unknown) => void = () => {};
  let toClient: (frame: unknown) => void = () => {};
  const closers: (() => void)[] = [];
  const close = () => {
    for (const closer of closers.splice(0)) closer();
  };
  serve<C>(
    contract,
    handlers,
    {
      post: (frame: ServerFrame) => queueMicrotask(() => toClient(frame)),
      onFrame: (cb) => {
        toServer = cb;
      },
      onClose: (cb) => closers.push(cb),
      close,
    },
    { capabilities: CAPABILITIES, ...options },
  );
  const { client } = connect(contract, {
    post: (frame) => queueMicrotask(() => toServer(frame)),
    onFrame: (cb) => {
      toClient = cb;
    },
    onClose: (cb) => closers.push(cb),
  });
  return { client, close };
}
