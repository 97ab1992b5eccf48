// Turns what was recorded of a request into what is seen of it. The same class runs live and over stored records, so
// a request looks in History exactly as it did when it was sent.
import type { Lane, SendEvent } from '../../../preload/contract/requests.ts';
import { type Recorded, SEARCHED } from '../history/records.ts';
import type { Interpreter, Piece } from '../providers/provider.ts';
import { SseDecoder } from '../providers/sse.ts';
import { BodyText, type BodyVerdict, bodyMode } from './body-text.ts';
import { FlatText } from './flat-text.ts';
import { LaneText, type TextScrub } from './lane-text.ts';
import { bounded, emptyOutcome, type Outcome, requestIdOf, short } from './outcome.ts';

/** An answer with more events is hostile: 128 k tokens one by one are 128 k events. Bounds the memory of a slow window. */
export const MAX_EVENTS = 300_000;
const PREVIEW = 200;
/** Text of one `ev`; longer ones continue in further `ev`s, since no message over the bridge may exceed its limit. */
const MAX_TEXT = 50_000;

export interface DecoderOptions {
  /** A new one for each attempt. */
  interpreter: () => Interpreter;
  emit: (event: SendEvent) => void;
  /** Full data of each event, for who looks for one. */
  onData?: (index: number, event: string, data: string) => void;
  /** Characters a line may have. */
  maxLine?: number;
  /** Bytes a body may have: one that reaches this was cut there, and is not read as JSON. */
  maxBody?: number;
  /** Scrubs text across events: a new one for each lane of each attempt. */
  textStream?: () => TextScrub;
}

export class RecordDecoder {
  readonly #options: DecoderOptions;
  #index = 0;
  #t = 0;
  #open = false;
  #sse: SseDecoder | null = null;
  #body: BodyText | null = null;
  #interpreter: Interpreter;
  #outcome: Outcome = emptyOutcome();
  #answer = new FlatText(SEARCHED);
  readonly #lanes: LaneText | null;
  /** Name of the newest event. */
  #name = '';

  constructor(options: DecoderOptions) {
    this.#options = options;
    this.#interpreter = options.interpreter();
    this.#lanes = options.textStream ? new LaneText(options.textStream) : null;
  }

  /** What the newest attempt has come to so far. */
  get outcome(): Readonly<Outcome> {
    return this.#outcome;
  }

  /** The text of the newest attempt, lanes joined as they came: as much as is searched. */
  get answer(): string {
    return this.#answer.toString();
  }

  push(record: Recorded): void {
    if (record.k === 'bytes') {
      this.#t = record.t;
      this.#outcome.bytes += record.bytes.byteLength;
      this.#sse?.push(record.bytes);
      this.#body?.push(record.bytes);
      if (this.#sse?.overflow && !this.#outcome.overflow) this.#outcome.overflow = 'line';
      return;
    }
    if (record.k === 'attempt') this.#begin();
    else if (record.k === 'wait') this.flush();
    else if (this.#outcome.status === null) this.#head(record);
    this.#t = Math.max(this.#t, record.t);
    this.#options.emit(record);
  }

  /** The body of the newest attempt is over: decodes what was waiting for its end. May be called again. */
  flush(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#sse?.end();
    this.#endBody();
    for (const [l, s] of this.#added(this.#lanes?.end() ?? []))
      this.#options.emit({ k: 'ev', i: this.#index - 1, t: this.#t, e: this.#name, p: '', z: 0, l, s });
  }

  #endBody(): void {
    if (!this.#body) return;
    const { text, size, json, verdict } = this.#body.end();
    this.#outcome.body = verdict;
    if (this.#outcome.bytes === 0) return;
    const { status } = this.#outcome;
    const pieces = readable(verdict, status) ? this.#interpreter.body(json, status ?? 0) : [];
    this.#event('body', text, pieces, size);
  }

  #begin(): void {
    this.flush();
    this.#sse = null;
    this.#body = null;
    this.#interpreter = this.#options.interpreter();
    this.#outcome = emptyOutcome();
    this.#answer = new FlatText(SEARCHED);
  }

  #head(head: Extract<SendEvent, { k: 'head' }>): void {
    const outcome = this.#outcome;
    outcome.status = head.status;
    outcome.requestId = requestIdOf(head.headers);
    outcome.contentType = head.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
    outcome.mode = bodyMode(outcome.contentType, head.status);
    this.#open = true;
    if (outcome.mode === 'sse' || outcome.mode === 'ndjson')
      this.#sse = new SseDecoder(
        ({ event, data, unfinished }) => {
          if (outcome.overflow) return;
          if (this.#index >= MAX_EVENTS) outcome.overflow = 'events';
          else this.#event(event, data, this.#interpreter.event(event, data), data.length, unfinished);
        },
        { mode: outcome.mode, maxLine: this.#options.maxLine ?? Number.POSITIVE_INFINITY },
      );
    else this.#body = new BodyText(outcome.mode, outcome.contentType, this.#options.maxBody);
  }

  #event(
    event: string,
    data: string,
    pieces: readonly Piece[],
    size = data.length,
    unfinished = false,
  ): void {
    const { emit, onData } = this.#options;
    const i = this.#index++;
    const t = this.#t;
    event = short(event);
    this.#name = event;
    this.#outcome.events++;
    onData?.(i, event, data);
    // Written out, not spread: hundreds of thousands of these are garbage a moment later.
    let p = preview(data);
    let z = size;
    const texts = this.#added(this.#clean(this.#read(pieces, unfinished)));
    if (texts.length === 0) emit({ k: 'ev', i, t, e: event, p, z });
    for (const [l, whole] of texts)
      for (let at = 0; at < whole.length; at += MAX_TEXT) {
        const s = whole.length <= MAX_TEXT ? whole : whole.slice(at, at + MAX_TEXT);
        emit({ k: 'ev', i, t, e: event, p, z, l, s });
        p = '';
        z = 0;
      }
    for (const piece of pieces)
      if (piece.kind === 'usage')
        emit({ k: 'usage', t, usage: piece.usage, raw: bounded(piece.raw) as never });
  }

  #clean(texts: [Lane, string][]): [Lane, string][] {
    if (!this.#lanes) return texts;
    const sure = this.#lanes.push(texts);
    return this.#outcome.terminal ? [...sure, ...this.#lanes.end()] : sure;
  }

  #added(texts: [Lane, string][]): [Lane, string][] {
    for (const one of texts) this.#answer.add(one[1]);
    return texts;
  }

  /** Takes in what the event means; gives back the text it adds, per lane. */
  #read(pieces: readonly Piece[], unfinished: boolean): [Lane, string][] {
    const outcome = this.#outcome;
    const texts: [Lane, string][] = [];
    for (const piece of pieces) {
      if (piece.kind === 'text') {
        if (outcome.terminal || piece.text === '') continue; // nothing belongs to an answer after its end
        const last = texts.at(-1);
        if (last?.[0] === piece.lane) last[1] += piece.text;
        else texts.push([piece.lane, piece.text]);
        outcome.ttft ??= this.#t;
      } else if (piece.kind === 'usage') outcome.usage = piece.usage;
      else if (piece.kind === 'finish') outcome.finish = short(piece.reason);
      else if (piece.kind === 'model') outcome.model = short(piece.model);
      else if (piece.kind === 'terminal') outcome.terminal = true;
      // An event cut by the end of the stream is no fault of its own: the missing terminal event says it all.
      else if (!(unfinished && piece.type === MALFORMED)) {
        if (!outcome.error || outcome.error.type === MALFORMED) outcome.error = piece;
        outcome.requestId ??= piece.requestId;
      }
    }
    outcome.pieces += pieces.length;
    return texts;
  }
}

/** The type the interpreters give to event data that is not JSON. */
const MALFORMED = 'malformed_event';

const readable = (verdict: BodyVerdict, status: number | null) => verdict === 'json' || (status ?? 0) >= 400;

/** A slice would keep the whole string in memory for as long as the preview lives. */
function preview(data: string): string {
  if (data.length <= PREVIEW) return data;
  const cut = data.slice(0, PREVIEW);
  return data.length < 4096 ? cut : Buffer.from(cut, 'utf16le').toString('utf16le');
}
