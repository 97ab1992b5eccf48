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
  #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(mode: BodyMode, contentType: string) {
    this.#mode = mode;
    this.#contentType = contentType;
  }

  push(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#size += bytes.byteLength;
  }

  /** The whole text, and its JSON if it is any. What is neither text nor JSON is only described. */
  end(): { text: string; json: unknown; verdict: BodyVerdict } {
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks = [];
    if (this.#mode === 'other' && isBinary(bytes))
      return {
        text: `${this.#size.toLocaleString('en')} bytes of ${this.#contentType || 'an unnamed type'}`,
        json: undefined,
        verdict: 'binary',
      };
    const text = new TextDecoder().decode(bytes);
    try {
      return { text, json: JSON.parse(text), verdict: 'json' };
    } catch {
      if (this.#mode !== 'json') return { text, json: undefined, verdict: 'text' };
      const at = findJsonError(text)?.at ?? text.length;
      return { text, json: undefined, verdict: at >= text.length ? 'cut' : 'malformed' };
    }
  }
}

/** NUL or many invalid bytes in the first piece. */
function isBinary(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 1024);
  if (start.includes(0)) return true;
  const replaced = new TextDecoder().decode(start).split('\ufffd').length - 1;
  return replaced > 8;
}
