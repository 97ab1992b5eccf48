// A recorded request as the events it was seen as, and parts of it: the data of one event, the bodies as text.
import type { Draft, SendEvent } from '../../../preload/contract/requests.ts';
import type { Recorded } from '../history/records.ts';
import type { Interpreter } from '../providers/provider.ts';
import type { TextScrub } from './lane-text.ts';
import { RecordDecoder } from './record-decoder.ts';
import { startEvent } from './start-event.ts';

export type EndEvent = Extract<SendEvent, { k: 'end' }>;

/** What besides the records is kept of a request. `end` is `null` when the app died while it ran. */
export interface ReplayEntry {
  id: string;
  at: number;
  draft: Draft;
  end: EndEvent | null;
}

export interface DecodeSettings {
  interpreter: () => Interpreter;
  maxLine: number;
  maxBody: number;
  textStream?: () => TextScrub;
}

/** Records decoded before other work gets its turn. */
const SLICE = 200;
const MAX_DATA = 300_000;
/** The same as JSON in a message, with room for what stands around it. */
const MAX_MESSAGE = 320_000;
const PIECE = 100_000;

/** All events at once, in order, without the delays they had. */
export async function* replay(
  records: Iterable<Recorded>,
  entry: ReplayEntry,
  settings: DecodeSettings,
  signal?: AbortSignal,
): AsyncGenerator<SendEvent, void, undefined> {
  let events: SendEvent[] = [startEvent(entry)];
  let t = 0;
  const decoder = new RecordDecoder({ ...settings, emit: (event) => events.push(event) });
  let count = 0;
  for (const record of records) {
    decoder.push(record);
    t = Math.max(t, record.t);
    if (++count % SLICE !== 0) continue;
    yield* events;
    events = [];
    await new Promise(setImmediate);
    if (signal?.aborted) return;
  }
  decoder.flush();
  yield* events;
  const { finish, ttft, usage, model, requestId, bytes } = decoder.outcome;
  yield entry.end ?? {
    k: 'end',
    t,
    state: 'interrupted',
    finish,
    error: null,
    ttft,
    usage,
    model,
    requestId,
    bytes,
  };
}

/** The full data of the event with this index, up to 300,000 characters; `null` if there is none. */
export function eventData(
  records: Iterable<Recorded>,
  index: number,
  settings: DecodeSettings,
): { event: string; data: string; truncated: boolean } | null {
  let found: { event: string; data: string; truncated: boolean } | null = null;
  const decoder = new RecordDecoder({
    ...settings,
    emit: () => {},
    onData: (i, event, data) => {
      if (i === index) {
        const start = fitting(data);
        found = { event, data: start, truncated: start.length < data.length };
      }
    },
  });
  for (const record of records) {
    decoder.push(record);
    if (found) return found;
  }
  decoder.flush();
  return found;
}

/** As much of the start as fits a message: quotes and line breaks are longer there than here. */
function fitting(data: string): string {
  let start = data.slice(0, MAX_DATA);
  for (;;) {
    const size = JSON.stringify(start).length;
    if (size <= MAX_MESSAGE) return start;
    start = start.slice(0, Math.floor((start.length * MAX_MESSAGE) / size) - 1);
  }
}

/** The response body of the last attempt as text, in pieces that fit a message. */
export function* responseText(records: Iterable<Recorded>): Generator<{ s: string }> {
  // Which attempt is the last is known only at the end; its bytes are at most `requests.maxBodyMb`.
  let n = 0;
  let chunks: Uint8Array[] = [];
  for (const record of records) {
    if (record.k === 'attempt') {
      n = record.n;
      chunks = [];
    } else if (record.k === 'bytes' && record.n === n) chunks.push(record.bytes);
  }
  const utf8 = new TextDecoder();
  let text = '';
  for (const chunk of chunks) {
    text += utf8.decode(chunk, { stream: true });
    if (text.length < PIECE) continue;
    yield* textPieces(text);
    text = '';
  }
  yield* textPieces(text + utf8.decode());
}

/** `text` in pieces that fit a message; no piece ends within a character. */
export function* textPieces(text: string): Generator<{ s: string }> {
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + PIECE);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last < 0xdc00) end++;
    yield { s: text.slice(at, end) };
    at = end;
  }
}
