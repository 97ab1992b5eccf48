// The client side of the bridge: the same for a window, a test and the command line.
import { AppError } from './app-error.ts';
import type { Client, Contract } from './define.ts';

import { CONTRACT_VERSION, MAX_FRAME_BYTES, WINDOW } from './frame-limits.ts';
import type { Capabilities, Channel, ClientFrame, ServerFrame } from './frames.ts';
import { readServerFrame } from './server-frame.ts';

/** Events and the end of one open call, as they come in. */
type Sink = (frame: ServerFrame) => void;
type Options = { signal?: AbortSignal };

export interface Connection<C extends Contract> {
  client: Client<C>;
  /** Resolves with what the shell can do; rejects with an `AppError` if the handshake was refused. */
  ready: Promise<Capabilities>;
}

/** Which methods there are and of which kind: all that a client needs of a contract. A contract itself is one. */
export type MethodKinds<C extends Contract> = { readonly [K in keyof C]: Pick<C[K], 'kind'> };

/** Greets on `channel` and returns the typed client. Calls made before the welcome wait for it. */
export function connect<C extends Contract>(
  methods: C | MethodKinds<C>,
  channel: Channel<ClientFrame, unknown>,
  token?: string,
): Connection<C> {
  const sinks = new Map<number, Sink>();
  let nextId = 1;
  let lost: AppError | undefined;
  const ready = Promise.withResolvers<Capabilities>();
  ready.promise.catch(() => {}); // a caller that never asks must not see an unhandled rejection

  const lose = (error: AppError) => {
    if (lost) return;
    lost = error;
    ready.reject(error);
    for (const [id, sink] of sinks) sink({ t: 'fail', id, e: error.toWire() });
    sinks.clear();
  };
  channel.onClose(() => lose(new AppError('CLOSED', 'The connection to Keybench was lost.')));
  channel.onFrame((raw) => {
    const frame = readServerFrame(raw);
    if (!frame) return;
    if (frame.t === 'welcome') ready.resolve(frame.capabilities);
    else if (frame.t === 'refused') lose(AppError.from(frame.e));
    else sinks.get(frame.id)?.(frame);
  });
  channel.post(
    token === undefined ? { t: 'hello', v: CONTRACT_VERSION } : { t: 'hello', v: CONTRACT_VERSION, token },
  );

  const begin = async (sink: Sink, m: string, p: unknown, signal?: AbortSignal): Promise<number> => {
    await ready.promise;
    if (lost) throw lost;
    if (signal?.aborted) throw cancelled();
    if (tooLarge(p))
      throw new AppError('TOO_LARGE', 'The request is larger than 1 MB and cannot be sent. Shorten it.');
    const id = nextId++;
    sinks.set(id, sink);
    channel.post({ t: 'open', id, m, p });
    return id;
  };

  const call = async (m: string, p: unknown, { signal }: Options = {}): Promise<unknown> => {
    const answer = Promise.withResolvers<unknown>();
    answer.promise.catch(() => {});
    const id = await begin(
      (frame) => {
        if (frame.t === 'done') answer.resolve(frame.r);
        else if (frame.t === 'fail') answer.reject(AppError.from(frame.e));
      },
      m,
      p,
      signal,
    );
    const stop = onAbort(signal, () => {
      channel.post({ t: 'cancel', id });
      answer.reject(cancelled());
    });
    try {
      return await answer.promise;
    } finally {
      stop();
      sinks.delete(id);
    }
  };

  async function* stream(m: string, p: unknown, { signal }: Options = {}): AsyncGenerator<unknown> {
    let queue: unknown[] = [];
    let end: ServerFrame | undefined;
    let wake = () => {};
    const id = await begin(
      (frame) => {
        if (frame.t === 'events') for (const event of frame.e) queue.push(event);
        else end = frame;
        wake();
      },
      m,
      p,
      signal,
    );
    const stop = onAbort(signal, () => wake());
    let owed = 0;
    try {
      for (;;) {
        const batch = queue;
        queue = [];
        for (const event of batch) {
          if (signal?.aborted) throw cancelled();
          yield event;
          if (++owed >= WINDOW / 2) {
            if (!end) channel.post({ t: 'credit', id, n: owed });
            owed = 0;
          }
        }
        if (signal?.aborted) throw cancelled();
        if (queue.length > 0) continue;
        if (end?.t === 'fail') throw AppError.from(end.e);
        if (end) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      stop();
      sinks.delete(id);
      if (!end && !lost) channel.post({ t: 'cancel', id });
    }
  }

  const client = Object.fromEntries(
    Object.entries<{ kind: string }>(methods).map(([m, spec]) => [
      m,
      (p: unknown, options?: Options) => (spec.kind === 'call' ? call(m, p, options) : stream(m, p, options)),
    ]),
  );
  return { client: client as unknown as Client<C>, ready: ready.promise };
}

const cancelled = () => new AppError('CANCELLED', 'Cancelled.');

// The contract knows neither DOM nor Node, so the signal is used through this narrow shape.
function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
  if (!signal) return () => {};
  signal.addEventListener('abort', act);
  return () => signal.removeEventListener('abort', act);
}

/** Room for the frame around the input. */
const FRAME_BYTES = 200;

/** A frame over the limit would end the whole connection, and with it every other call. */
function tooLarge(input: unknown): boolean {
  const text = JSON.stringify(input) ?? '';
  const limit = MAX_FRAME_BYTES - FRAME_BYTES;
  if (text.length > limit || text.length * 3 <= limit) return text.length > limit;
  let bytes = text.length;
  // Two bytes from U+0080, three from U+0800; a pair of surrogates has four in all.
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes > limit;
}
