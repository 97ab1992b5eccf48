// A body that is not a stream of events: collected, and read when it is whole.
import { findJsonError } from './json-error.ts';

export type BodyMode = 'sse' | 'ndjson' | 'json' | 'text' | 'other';
/** `cut`: the JSON is right as far as it goes. `text`: not JSON and not said to be. */
export type BodyVerdict = 'none' | 'json' | 'cut' | 'malformed' | 'text' | 'binary';

/** How a body of this content type and status is read. Error answers are never streams. */
export function bodyMode(contentType: string, status: number): BodyMode {
  const type = (contentType.split(';')[0] as string).trim().toLowerCase();
  if (status < 400) {
    if (type === 'text/event-stream') return 'sse';
    if (/^application\/(x-)?(ndjson|jsonl|jsonlines)$/.test(type)) return 'ndjson';
  }
  if (type === 'application/json' || type.endsWith('+json')) return 'json';
  return /^text\/|[/+](xml|javascript|x-www-form-urlencoded)$/.test(type) ? 'text' : 'other';
}

export class BodyText {
  readonly #mode: BodyMode;
  readonly #contentType: string;
  readonly #maxBytes: number;
  /** As they came: strings made of them on the way would double the memory. */
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #binary: boolean | null = null;

  /** A body of `maxBytes` or more has been cut there. */
  constructor(mode: BodyMode, contentType: string, maxBytes = Number.POSITIVE_INFINITY) {
    this.#mode = mode;
    this.#contentType = contentType;
    this.#maxBytes = maxBytes;
  }

  push(bytes: Uint8Array): void {
    this.#bytes += bytes.byteLength;
    this.#binary ??= this.#mode === 'other' && isBinary(bytes);
    if (!this.#binary) this.#chunks.push(bytes);
  }

  /** The whole text (`size` characters), and its JSON if it is any. What is neither is only described. */
  end(): { text: string; size: number; json: unknown; verdict: BodyVerdict } {
    if (this.#binary) {
      const text = `${this.#bytes.toLocaleString('en')} bytes of ${this.#contentType || 'an unnamed type'}`;
      return { text, size: text.length, json: undefined, verdict: 'binary' };
    }
    const chunks = this.#chunks;
    this.#chunks = [];
    // Reading a cut body of the largest size allowed would take three times its memory, for nothing.
    if (this.#bytes >= this.#maxBytes) return this.#tooLarge(chunks);
    const text = new TextDecoder().decode(Buffer.concat(chunks));
    const size = text.length;
    try {
      return { text, size, json: JSON.parse(text), verdict: 'json' };
    } catch {
      if (this.#mode !== 'json') return { text, size, json: undefined, verdict: 'text' };
      const at = findJsonError(text)?.at ?? size;
      return { text, size, json: undefined, verdict: at >= size ? 'cut' : 'malformed' };
    }
  }

  #tooLarge(chunks: readonly Uint8Array[]) {
    const utf8 = new TextDecoder();
    let start = '';
    let size = 0;
    for (const chunk of chunks) {
      const piece = utf8.decode(chunk, { stream: true });
      size += piece.length;
      if (start.length < START) start += piece.slice(0, START);
    }
    const verdict: BodyVerdict = this.#mode === 'json' ? 'cut' : 'text';
    return { text: start, size, json: undefined, verdict };
  }
}

/** Characters shown of a body that is too large to be read. */
const START = 1000;

/** NUL or many invalid bytes in the first piece. */
function isBinary(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 1024);
  if (start.includes(0)) return true;
  const replaced = new TextDecoder().decode(start).split('\ufffd').length - 1;
  return replaced > 8;
}
