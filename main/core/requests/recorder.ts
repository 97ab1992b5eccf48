// Writes what happens of one request to the history: in batches of 250 ms or 4 KB, so that a crash loses no more.
// A disk that is full, or a history that cannot be written, never stops the request: what cannot be kept stays in
// memory and is still shown.
import { AppError } from '../../../preload/contract/errors.ts';
import type { Clock } from '../clock.ts';
import type { Ending, NewEntry, Recorded, RecordSink } from '../history/records.ts';

const BATCH_MS = 250;
const BATCH_BYTES = 4096;
/** A commit is an fsync on the main thread: a fast stream, which has 4 KB every few ms, gets at most ten per second. */
const MIN_GAP_MS = 100;

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
  /** What is not on disk: the batch being gathered, and all that could or should not be kept. */
  unkept(): Unkept;
}

export interface Unkept {
  /** True: nothing of the request is on disk, `records` is everything. */
  all: boolean;
  records: readonly Recorded[];
}

/** Writes the entry, durably, before returning. `inMemory`: the history is off, so all records stay in memory. */
export function startRecorder(
  { sink, log, clock, inMemory }: { sink: RecordSink; log: Warner; clock: Clock; inMemory: boolean },
  entry: NewEntry,
): Recorder {
  let kept = true;
  let begun = false;
  const lost: Recorded[] = [];
  let batch: Recorded[] = [];
  let answer = '';
  let size = 0;
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let lastFlush = Number.NEGATIVE_INFINITY;

  /** Only ever brings the next commit forward. */
  const schedule = (ms: number) => {
    const at = clock.mono() + ms;
    if (at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(flush, ms);
  };
  const attempt = (what: string, write: () => void): boolean => {
    if (!kept) return false;
    try {
      write();
      return !inMemory;
    } catch (error) {
      kept = false;
      const code = error instanceof AppError ? error.code : 'INTERNAL';
      if (code === 'INTERNAL') log.error(`The history could not ${what} a request.`, error);
      else log.warn(`The history could not ${what} a request.`, { code });
      return false;
    }
  };
  const flush = () => {
    clearTimeout(timer);
    due = Number.POSITIVE_INFINITY;
    if (batch.length === 0) return;
    const records = batch;
    const text = answer;
    batch = [];
    answer = '';
    size = 0;
    lastFlush = clock.mono();
    if (!attempt('append to', () => sink.append(entry.id, records, text))) lost.push(...records);
  };

  begun = attempt('take in', () => sink.begin(entry));
  return {
    unkept: () => ({ all: !begun, records: [...lost, ...batch] }),
    record(record) {
      if (!kept) {
        lost.push(record);
        return;
      }
      batch.push(record);
      if (record.k === 'bytes') size += record.bytes.byteLength;
      // Never within this turn: the window gets the event first, and then comes the disk.
      if (size >= BATCH_BYTES) schedule(Math.max(0, lastFlush + MIN_GAP_MS - clock.mono()));
      else schedule(BATCH_MS);
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
