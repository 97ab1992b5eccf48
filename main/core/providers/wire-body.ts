// Reads a response body to its end, as fast as it comes, whatever the reader behind it does: arrival times stay true,
// and an SDK that stops at `[DONE]` or fails on an event hides nothing of what the server sent.
import type { Clock } from '../clock.ts';
import { limitFailure, type WireFailure } from './wire-failure.ts';

export interface BodyTap {
  /** A piece of the body, after content decoding. A failure ends the reading. */
  chunk(bytes: Uint8Array): WireFailure | undefined;
  /** Bytes the body may have. */
  maxBytes: number;
  /** Milliseconds without a byte, once the first has come; asked anew each time, since it may shrink. */
  idleMs(): number;
  clock: Clock;
  /** Aborts the connection. */
  abort(failure: WireFailure): void;
}

export interface TappedBody {
  /** The copy for the SDK. */
  stream: ReadableStream<Uint8Array>;
  /** Resolves when the body has ended or broken; never rejects. `null` after a clean end. */
  done: Promise<unknown>;
}

/** Starts reading at once. */
export function tapBody(body: ReadableStream<Uint8Array>, tap: BodyTap): TappedBody {
  let copy: ReadableStreamDefaultController<Uint8Array> | null = null;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      copy = controller;
    },
    cancel: () => {
      copy = null; // the SDK has seen enough; the reading goes on
    },
  });
  const idle = createIdleTimer(tap);

  const read = async (): Promise<unknown> => {
    const reader = body.getReader();
    const stop = (failure: WireFailure) => {
      tap.abort(failure);
      reader.cancel(failure).catch(() => {});
      return failure;
    };
    let left = tap.maxBytes;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return null;
        idle.touch();
        const bytes = value.byteLength > left ? value.subarray(0, left) : value;
        const failure = tap.chunk(bytes);
        if (failure) return stop(failure);
        if (value.byteLength > left) return stop(limitFailure('body', tap.maxBytes / 1024 / 1024));
        left -= value.byteLength;
        copy?.enqueue(value);
      }
    } catch (error) {
      return error ?? new Error('aborted');
    } finally {
      idle.stop();
    }
  };
  const done = read().then((error) => {
    // The copy may be cancelled or closed already.
    if (error === null) copy?.close();
    else copy?.error(error);
    return error;
  });
  return { stream, done };
}

/** One timer for the whole body: re-armed only when it fires, since bytes may come thousands of times per second. */
function createIdleTimer(tap: BodyTap): { touch(): void; stop(): void } {
  let last = 0;
  let timer: NodeJS.Timeout | undefined;
  let armedFor = 0;
  const arm = (ms: number) => {
    clearTimeout(timer);
    armedFor = tap.idleMs();
    timer = setTimeout(check, ms);
  };
  const check = () => {
    const bound = tap.idleMs();
    const left = last + bound - tap.clock.mono();
    if (left > 0) arm(Math.ceil(left));
    else tap.abort(limitFailure('idle', bound / 1000));
  };
  return {
    touch() {
      last = tap.clock.mono();
      const bound = tap.idleMs();
      if (timer === undefined || bound < armedFor) arm(bound);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
