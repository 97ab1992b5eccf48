// The router: one guard for everything inbound, one place that spends credit outbound.
// Order of the guard: frame schema, handshake, open-stream limit, method, input.
import type { CallSpec, Contract, Handlers, StreamSpec } from '../../../preload/contract/define.ts';
import { AppError, type WireError } from '../../../preload/contract/errors.ts';
import {
  type Capabilities,
  type Channel,
  ClientFrame,
  CONTRACT_VERSION,
  MAX_OPEN,
  type ServerFrame,
  WINDOW,
} from '../../../preload/contract/frames.ts';
import { Batcher, jsonSize, MAX_PAYLOAD_CHARS } from './batcher.ts';

export interface ServeOptions {
  capabilities: Capabilities;
  /** Says whether the `hello` token opens this channel. Default: every hello does (the shell checked the sender). */
  authorize?: (token: string | undefined) => boolean;
  /** Last exit: replaces every known secret in an outbound value. */
  scrub?: <T>(value: T) => T;
  /** Called for errors that are nobody's fault but ours; the caller only learns `INTERNAL`. */
  onInternal?: (method: string, error: unknown) => void;
  /** Test mode: outputs are parsed too, and a mismatch is an error. */
  checkOutput?: boolean;
}

/** Characters of a sentence; the schema of the frame says the same. */
const MAX_MESSAGE = 4000;

type Open = { abort: AbortController; credit: (n: number) => void };
type AnyHandler = (input: unknown, ctx: { signal: AbortSignal }) => unknown;

/** Serves `handlers` of `contract` on one channel (one window or one socket). Returns a function that ends it. */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  channel: Channel<ServerFrame, unknown>,
  options: ServeOptions,
): () => void {
  const open = new Map<number, Open>();
  const scrub = options.scrub ?? ((value) => value);
  let greeted = false;
  let closed = false;

  const post = (frame: ServerFrame) => {
    if (!closed) channel.post(frame);
  };
  const fail = (id: number, e: WireError) => {
    const { message, ...rest } = scrub(e);
    // A longer one would be no frame to the client, and its caller would wait for ever.
    post({ t: 'fail', id, e: { ...rest, message: message.slice(0, MAX_MESSAGE) } });
  };
  const end = () => {
    closed = true;
    for (const one of open.values()) one.abort.abort(new AppError('CLOSED', 'The connection was closed.'));
    open.clear();
  };
  channel.onClose(end);

  const refuse = (e: AppError) => {
    post({ t: 'refused', e: e.toWire() });
    end();
    channel.close?.();
  };

  channel.onFrame((raw) => {
    if (closed) return;
    const parsed = ClientFrame.safeParse(raw);
    if (!parsed.success) {
      const error = new AppError(
        'BAD_FRAME',
        'The message is not a frame of this bridge.',
        describe(parsed.error),
      );
      const id = frameId(raw);
      if (!greeted || id === null || open.has(id)) refuse(error);
      else fail(id, error.toWire());
      return;
    }
    const frame = parsed.data;
    if (frame.t === 'hello') {
      if (greeted) return refuse(new AppError('BAD_FRAME', 'The handshake was already done.'));
      if (frame.v !== CONTRACT_VERSION)
        return refuse(
          new AppError('VERSION_MISMATCH', 'The window and the app are of different versions. Reload it.'),
        );
      if (options.authorize && !options.authorize(frame.token))
        return refuse(new AppError('UNAUTHORIZED', 'This window is not signed in. Open Keybench again.'));
      greeted = true;
      post({ t: 'welcome', v: CONTRACT_VERSION, capabilities: options.capabilities });
      return;
    }
    if (!greeted) return refuse(new AppError('UNAUTHORIZED', 'The first message must be the handshake.'));
    if (frame.t === 'cancel') {
      open.get(frame.id)?.abort.abort(new AppError('CANCELLED', 'Cancelled.'));
    } else if (frame.t === 'credit') {
      open.get(frame.id)?.credit(frame.n);
    } else if (open.has(frame.id)) {
      refuse(new AppError('BAD_FRAME', 'This id is already in use on this channel.'));
    } else if (open.size >= MAX_OPEN) {
      fail(frame.id, new AppError('TOO_MANY_OPEN', `More than ${MAX_OPEN} calls are open at once.`).toWire());
    } else {
      void run(frame.id, frame.m, frame.p);
    }
  });

  async function run(id: number, method: string, params: unknown) {
    const abort = new AbortController();
    const purse = new Purse(abort.signal);
    open.set(id, { abort, credit: (n) => purse.add(n) });
    try {
      const spec = Object.hasOwn(contract, method) ? contract[method] : undefined;
      if (!spec) throw new AppError('NO_METHOD', 'The app has no such method.');
      const input = spec.input.safeParse(params);
      if (!input.success)
        throw new AppError('BAD_INPUT', 'The input does not fit the contract.', describe(input.error));
      const out = (handlers[method] as unknown as AnyHandler)(input.data, { signal: abort.signal });
      if (spec.kind === 'call') await answer(id, spec, await raceAbort(Promise.resolve(out), abort.signal));
      else await pump(id, spec, out as AsyncIterable<unknown>, abort.signal, purse);
    } catch (error) {
      fail(id, toWire(method, error));
    } finally {
      // A reused id must not find the old entry, and an ended one must not be cancelled.
      open.delete(id);
    }
  }

  async function answer(id: number, spec: CallSpec, result: unknown) {
    const r = scrub(options.checkOutput ? spec.output.parse(result) : result);
    if (jsonSize(r) > MAX_PAYLOAD_CHARS)
      throw new AppError('TOO_LARGE', 'The answer is too large for one message.');
    post({ t: 'done', id, r });
  }

  async function pump(
    id: number,
    spec: StreamSpec,
    source: AsyncIterable<unknown>,
    signal: AbortSignal,
    purse: Purse,
  ) {
    const batch = new Batcher((e) => post({ t: 'events', id, e: scrub(e) }));
    const iterator = source[Symbol.asyncIterator]();
    try {
      for (;;) {
        // A producer that ignores its signal must not keep the stream open, hence the race.
        const next = await raceAbort(iterator.next(), signal);
        if (next.done) break;
        batch.push(options.checkOutput ? spec.event.parse(next.value) : next.value);
        if (!purse.spend()) {
          batch.flush();
          await purse.refilled();
        }
      }
      batch.flush();
      post({ t: 'done', id });
    } catch (error) {
      if (!signal.aborted) batch.flush(); // what was seen before the failure is seen
      throw error;
    } finally {
      batch.drop();
      // Not awaited: a producer that never settles may not hold the channel.
      void Promise.resolve(iterator.return?.()).catch(() => {});
    }
  }

  const toWire = (method: string, error: unknown): WireError => {
    if (error instanceof AppError) return error.toWire();
    options.onInternal?.(method, error);
    return { code: 'INTERNAL', message: 'Something went wrong inside Keybench. The log says more.' };
  };

  return end;
}

/** Credit of one stream: spent per event, returned by the reader. */
class Purse {
  #credit = WINDOW;
  #wake: (() => void) | undefined;
  #signal: AbortSignal;
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }
  /** False when the last credit was spent. */
  spend(): boolean {
    this.#credit--;
    return this.#credit > 0;
  }
  add(n: number) {
    // A client that returns more than it was given may not widen its window.
    this.#credit = Math.min(WINDOW, this.#credit + n);
    this.#wake?.();
  }
  async refilled(): Promise<void> {
    while (this.#credit <= 0)
      await raceAbort(
        new Promise<void>((resolve) => {
          this.#wake = resolve;
        }),
        this.#signal,
      );
  }
}

/** The promise, or a rejection with the signal's reason as soon as it aborts. Leaves no listener behind. */
async function raceAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  // The loser of the race may still reject later; that must not count as unhandled.
  promise.catch(() => {});
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

type Issues = { issues: { path: PropertyKey[]; code?: string | undefined }[] };
/** Paths and codes of what does not fit, never the value: it could be a key. */
function describe(error: Issues) {
  return {
    issues: error.issues.slice(0, 10).map((issue) => ({
      path: issue.path.map(String).join('.').slice(0, 100),
      code: issue.code ?? 'invalid',
    })),
  };
}

function frameId(raw: unknown): number | null {
  const id = (raw as { id?: unknown } | null)?.id;
  return typeof id === 'number' && Number.isInteger(id) && id > 0 ? id : null;
}
