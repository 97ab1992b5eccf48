// Writes what happens of one request to the history: in batches of 250 ms or 4 KB, so that a crash loses no more.
// A disk that is full, or a history that cannot be written, never stops the request: what cannot be kept stays in
// memory and is still shown.
import { AppError } from '../../../preload/contract/errors.ts';
import type { Clock } from '../clock.ts';
import type { Ending, NewEntry, Recorded, RecordSink } from '../history/records.ts';

const BATCH_MS = 250;
const BATCH_BYTES = 4096;
/**
 * A commit is an fsync on the main thread. After one, this many times its own duration goes by before 4 KB force the
 * next: a disk that needs 0.3 ms keeps up with any stream, and one that needs 50 ms takes a quarter of the time at most.
 */
const REST = 3;

/** After a failed write. */
const RETRY_MS = 1000;

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
  let begun = false;
  let complained = false;
  let failing = false;
  let batch: Recorded[] = [];
  let answer = '';
  let size = 0;
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  /** Until then 4 KB do not force a commit. */
  let restedAt = Number.NEGATIVE_INFINITY;

  /** Only ever brings the next commit forward. */
  const schedule = (ms: number) => {
    const at = clock.mono() + ms;
    if (at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(flush, ms);
  };
  const attempt = (what: string, write: () => void): boolean => {
    try {
      write();
      return true;
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'INTERNAL';
      if (complained) return false;
      complained = true;
      if (code === 'INTERNAL') log.error(`The history could not ${what} a request.`, error);
      else log.warn(`The history could not ${what} a request.`, { code });
      return false;
    }
  };
  const begin = () => {
    begun ||= attempt('take in', () => sink.begin(entry));
    return begun;
  };
  /** What cannot be written now stays where it is and is tried again: a full disk may have room in a moment. */
  const flush = () => {
    clearTimeout(timer);
    due = Number.POSITIVE_INFINITY;
    if (batch.length === 0 || inMemory) return;
    const began = clock.mono();
    failing = !begin() || !attempt('append to', () => sink.append(entry.id, batch, answer));
    const ended = clock.mono();
    restedAt = ended + Math.min(REST * (ended - began), BATCH_MS);
    if (failing) {
      schedule(RETRY_MS);
      return;
    }
    batch = [];
    answer = '';
    size = 0;
  };

  begin();
  return {
    unkept: () => ({ all: inMemory || !begun, records: batch }),
    record(record) {
      batch.push(record);
      if (record.k === 'bytes') size += record.bytes.byteLength;
      if (inMemory || failing) return;
      // Never within this turn: the window gets the event first, and then comes the disk.
      if (size >= BATCH_BYTES) schedule(Math.max(0, restedAt - clock.mono()));
      else schedule(BATCH_MS);
    },
    text(s) {
      if (!inMemory) answer += s;
    },
    finish(ending) {
      flush();
      clearTimeout(timer);
      // Also after a failed append: the row must not look as if it were still running.
      if (begin()) attempt('finish', () => sink.finish(entry.id, ending));
    },
  };
}
