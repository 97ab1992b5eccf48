// What has been seen and not yet been read: the network side never waits for whoever reads. What is behind a slow
// reader is packed at once, since as objects the events of a hostile answer of 32 MB would take 200 MB (measured).
import { deflateRawSync, inflateRawSync } from 'node:zlib';

export interface EventQueue<T> {
  push(event: T): void;
  /** No more events; the reader gets what is left and then `null`. */
  close(): void;
  /**
   * The oldest events, at least one; resolves when there are some. `null` after the last. For one reader, who reads
   * each batch before asking for the next: packed events are unpacked one by one, while they are being read.
   */
  next(): Promise<Iterable<T> | null>;
}

/** Events that wait as they are. One read of the socket rarely brings more, so a quick reader's are never packed. */
const LOOSE = 512;
/** Characters of text in them, for an answer of few, large events. */
const LOOSE_TEXT = 64 * 1024;
/** Bytes of JSON that are compressed together, to about 20 KB in some 3 ms. */
const BLOCK = 256 * 1024;

/** `T` must be JSON. `textLength`: characters of what may be long in an event. */
export function createEventQueue<T>(textLength: (event: T) => number): EventQueue<T> {
  let loose: T[] = [];
  let looseText = 0;
  const packs = createPacks();
  let closed = false;
  let wake = () => {};

  const oldest = (): Iterable<T> | null => {
    if (loose.length === 0) return packs.shift() as Iterable<T> | null;
    const events = loose;
    loose = [];
    looseText = 0;
    return events;
  };
  return {
    push(event) {
      if (packs.empty() && loose.length < LOOSE && looseText < LOOSE_TEXT) {
        loose.push(event);
        looseText += textLength(event);
      } else packs.push(event);
      wake();
    },
    close() {
      closed = true;
      wake();
    },
    async next() {
      for (;;) {
        const events = oldest();
        if (events || closed) return events;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/**
 * Events as lines of JSON, outside the garbage collector's reach: what it need not look after it need not copy, and a
 * heap with nothing to copy does not grow.
 */
function createPacks() {
  const packed: Buffer<ArrayBuffer>[] = [];
  let block: Buffer<ArrayBuffer> | null = null;
  let used = 0;

  const seal = () => {
    if (block && used > 0) packed.push(deflate(block.subarray(0, used)));
    used = 0;
  };
  return {
    empty: () => packed.length === 0 && used === 0,
    push(event: unknown) {
      const line = `${JSON.stringify(event)}\n`;
      // UTF-8 takes at most three bytes for what is one in a string.
      const most = line.length * 3;
      if (used + most > BLOCK) seal();
      if (most > BLOCK) packed.push(deflate(Buffer.from(line)));
      else {
        block ??= Buffer.allocUnsafeSlow(BLOCK);
        used += block.write(line, used);
      }
    },
    shift(): Iterable<unknown> | null {
      const pack = packed.shift();
      if (pack) return lines(inflateRawSync(pack, { chunkSize: BLOCK }));
      if (!block || used === 0) return null;
      const rest = block.subarray(0, used);
      block = null;
      used = 0;
      return lines(rest);
    },
  };
}

function deflate(block: Buffer): Buffer<ArrayBuffer> {
  const roomy = deflateRawSync(block, { level: 1, chunkSize: BLOCK });
  const pack = Buffer.allocUnsafeSlow(roomy.length);
  roomy.copy(pack);
  free(roomy);
  return pack;
}

function* lines(json: Buffer<ArrayBuffer>): Generator<unknown, void, undefined> {
  for (let at = 0; at < json.length; ) {
    const end = json.indexOf(10, at);
    yield JSON.parse(json.toString('utf8', at, end));
    at = end + 1;
  }
  free(json);
}

/**
 * Now, not when the garbage collector gets to it: it sees only the few bytes of the object in front, and lets tens of
 * megabytes of these pile up. Nothing else may use the buffer's memory, as with the small ones from Node's pool.
 */
function free(buffer: Buffer<ArrayBuffer>): void {
  buffer.buffer.transfer(0);
}
