// Server-sent events, decoded from bytes as they arrive. Own decoder, because the SDKs' ones have no size limit, are
// quadratic on long lines and disagree about a last event without its blank line.
// Follows the WHATWG standard ("Interpreting an event stream"), except where the comments say so.

/** One event. */
export interface SseEvent {
  /** `message` when the stream named none. */
  event: string;
  /** All data lines joined with `\n`. */
  data: string;
  /** Last event id the stream has set so far. */
  id: string;
  /** True when the stream ended without the blank line that completes an event. It is delivered all the same. */
  unfinished: boolean;
}

export interface SseOptions {
  /** Characters one line, and the data of one event, may have. */
  maxLine?: number;
  /** `ndjson`: every line that is not blank is one event. */
  mode?: 'sse' | 'ndjson';
}

const LF = 10;
const BOM = 0xfeff;

/**
 * Push bytes in any split; `onEvent` is called once per event, in order, with the same events for every split.
 * Invalid UTF-8 becomes U+FFFD. Lines may end in LF, CR or CRLF. Time is linear in the input, whatever it holds.
 */
export class SseDecoder {
  /** Set once a line or an event's data was longer than `maxLine`; everything after it is ignored. */
  overflow = false;
  /** Comment lines seen: servers send them to keep a connection alive. */
  comments = 0;
  /** Milliseconds the stream asked to wait before reconnecting; `null` if it did not. */
  retry: number | null = null;

  readonly #onEvent: (event: SseEvent) => void;
  readonly #maxLine: number;
  readonly #ndjson: boolean;
  // The byte order mark is dropped here: Node 24 drops a later one when the first character was split over two chunks.
  readonly #utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  #atStart = true;
  /** The line so far. V8 keeps repeated `+=` as a rope, so this stays linear until the line is complete. */
  #pending = '';
  /** The last chunk ended in CR: an LF at the start of the next belongs to it. */
  #afterCr = false;
  #event = '';
  #data: string | null = null;
  #id = '';

  constructor(onEvent: (event: SseEvent) => void, options: SseOptions = {}) {
    this.#onEvent = onEvent;
    this.#maxLine = options.maxLine ?? Number.POSITIVE_INFINITY;
    this.#ndjson = options.mode === 'ndjson';
  }

  push(bytes: Uint8Array): void {
    if (!this.overflow) this.#text(this.#utf8.decode(bytes, { stream: true }));
  }

  /** The stream has ended: delivers what is still open, marked `unfinished`. */
  end(): void {
    if (this.overflow) return;
    this.#text(this.#utf8.decode());
    const rest = this.#pending;
    this.#pending = '';
    if (rest !== '') this.#line(rest);
    this.#dispatch(true);
  }

  #text(text: string): void {
    if (text === '') return;
    let at = this.#atStart && text.charCodeAt(0) === BOM ? 1 : 0;
    this.#atStart = false;
    if (this.#afterCr) {
      this.#afterCr = false;
      if (text.charCodeAt(0) === LF) at = 1;
    }
    // Each position is found once and kept until passed: a chunk without CR is searched for CR only once.
    let lf = text.indexOf('\n', at);
    let cr = text.indexOf('\r', at);
    while (lf !== -1 || cr !== -1) {
      const isCr = cr !== -1 && (lf === -1 || cr < lf);
      const stop = isCr ? cr : lf;
      const line = text.slice(at, stop);
      at = stop + 1;
      if (this.#pending === '') this.#line(line);
      else {
        const whole = this.#pending + line;
        this.#pending = '';
        this.#line(whole);
      }
      if (this.overflow) return;
      if (isCr) {
        if (at === text.length) this.#afterCr = true;
        else if (text.charCodeAt(at) === LF) at++;
      }
      if (cr !== -1 && cr < at) cr = text.indexOf('\r', at);
      if (lf !== -1 && lf < at) lf = text.indexOf('\n', at);
    }
    if (at < text.length) {
      this.#pending += text.slice(at);
      if (this.#pending.length > this.#maxLine) this.#overflow();
    }
  }

  #line(line: string): void {
    if (line.length > this.#maxLine) this.#overflow();
    else if (this.#ndjson) {
      if (line.trim() !== '') this.#onEvent({ event: 'message', data: line, id: '', unfinished: false });
    } else if (line === '') this.#dispatch(false);
    else if (line.startsWith(':')) this.comments++;
    else this.#field(line);
  }

  #field(line: string): void {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const from = colon + (line.charCodeAt(colon + 1) === 32 ? 2 : 1);
    const value = colon === -1 ? '' : line.slice(from);
    if (name === 'data') {
      this.#data = this.#data === null ? value : `${this.#data}\n${value}`;
      if (this.#data.length > this.#maxLine) this.#overflow();
    } else if (name === 'event') this.#event = value;
    else if (name === 'id') {
      if (!value.includes('\0')) this.#id = value;
    } else if (name === 'retry' && /^\d{1,9}$/.test(value)) this.retry = Number(value);
  }

  /** The standard drops an event without data; providers send such pings, and they are worth seeing. */
  #dispatch(unfinished: boolean): void {
    const event = this.#event;
    const data = this.#data;
    this.#event = '';
    this.#data = null;
    if (data === null && event === '') return;
    this.#onEvent({ event: event || 'message', data: data ?? '', id: this.#id, unfinished });
  }

  #overflow(): void {
    this.overflow = true;
    this.#pending = '';
    this.#data = null;
  }
}
