// Writes what happens of one request to the history: in batches of 250 ms or 4 KB, so that a crash loses no more.
// A disk that is full, or a history that cannot be written, never stops the request: what cannot be kept is still
// shown (recordings.ts holds it for the window).
import { AppError } from '../../../preload/contract/errors.ts';
import type { Ending, NewEntry, Recorded, RecordSink } from '../history/records.ts';

const BATCH_MS = 250;
const BATCH_BYTES = 4096;

/** The part of the log that is used here. */
export interface Warner {
  warn(message: string, data?: Record<string, unknown>): void;
  error(message: string, error?: unknown): void;
}

export interface Recorder {
  record(record: Recorded): void;
  /** Text the answer got; stored with the batch so that an interrupted request keeps it. */
  text(s: string): void;
  finish(ending: Ending): void;
  /** Is everything so far on disk, or on its way there? */
  readonly kept: boolean;
}

/** Writes the entry, durably, before returning. */
export function startRecorder(sink: RecordSink, entry: NewEntry, log: Warner): Recorder {
  let kept = true;
  let batch: Recorded[] = [];
  let answer = '';
  let size = 0;
  let timer: NodeJS.Timeout | undefined;

  const attempt = (what: string, write: () => void) => {
    if (!kept) return;
    try {
      write();
    } catch (error) {
      kept = false;
      const code = error instanceof AppError ? error.code : 'INTERNAL';
      if (code === 'INTERNAL') log.error(`The history could not ${what} a request.`, error);
      else log.warn(`The history could not ${what} a request.`, { code });
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (batch.length === 0) return;
    const records = batch;
    const text = answer;
    batch = [];
    answer = '';
    size = 0;
    attempt('append to', () => sink.append(entry.id, records, text));
  };

  attempt('take in', () => sink.begin(entry));
  return {
    get kept() {
      return kept;
    },
    record(record) {
      if (!kept) return;
      batch.push(record);
      size += record.k === 'bytes' ? record.bytes.byteLength : 256;
      timer ??= setTimeout(flush, BATCH_MS);
      // The commit itself is a synchronous fsync: it runs after this turn, so that the window gets the event first.
      if (size >= BATCH_BYTES) {
        clearTimeout(timer);
        timer = setTimeout(flush, 0);
        size = Number.NEGATIVE_INFINITY;
      }
    },
    text(s) {
      if (kept) answer += s;
    },
    finish(ending) {
      flush();
      attempt('finish', () => sink.finish(entry.id, ending));
    },
  };
}
