// The history: what the recorder writes to, and all that is read back. Small indexed reads happen here; whatever may touch
// many rows goes to the search worker when there is one.
import type { DatabaseSync } from 'node:sqlite';
import type { HistoryPage, HistoryRow } from '../../../preload/contract/history.ts';
import type { Draft } from '../../../preload/contract/requests.ts';
import { type EndEvent, notFound, ROW_COLUMNS, type StoredEntry, toHistoryRow } from './entry-rows.ts';
import { type Instance, loneInstance } from './instance-lock.ts';
import { createLister, type ListInput } from './list-requests.ts';
import { unpackRecords } from './record-rows.ts';
import type { Recorded, RecordSink } from './records.ts';
import type { SearchWorker } from './search-client.ts';
import { reading } from './transact.ts';
import { truncateWal } from './vacuum.ts';
import { createEntryWriter } from './write-entries.ts';

export interface HistoryStore extends RecordSink {
  list(input: ListInput, signal?: AbortSignal): Promise<HistoryPage>;
  has(id: string): boolean;
  /** Throws `NOT_FOUND`. */
  get(id: string): HistoryRow;
  /** With the draft and the last event. Throws `NOT_FOUND`. */
  entry(id: string): StoredEntry;
  /** What was recorded, in order. Reads as it is consumed; an unknown id has nothing. */
  records(id: string): Iterable<Recorded>;
  /** Throws `NOT_FOUND`. The text is gone from the files afterwards, not only from the lists. */
  delete(id: string): void;
  /** Returns how many there were. */
  deleteAll(): number;
  /** Marks what dead processes left running as interrupted. Call at start. Returns how many. */
  recover(): number;
  /** Called after each change, of this process or another one. Returns a function that ends it. */
  onChange(cb: () => void): () => void;
  /** Ends the timers and the worker, not the database. */
  close(): Promise<void>;
}

export interface HistoryStoreDeps {
  db: DatabaseSync;
  /** Which process is writing; `Database.instance`. Default: one that no other process can see. */
  instance?: Instance;
  searchWorker?: SearchWorker;
  /** Milliseconds between looks for changes made by other processes. Default: none. */
  watchMs?: number;
}

/** Rows of records read at once: about 64 KB, so that a long replay neither holds a statement open nor much memory. */
const RECORD_PAGE = 16;
const WAL_RETRY_MS = 500;
const WAL_TRIES = 20;

export function createHistoryStore(deps: HistoryStoreDeps): HistoryStore {
  const { db, searchWorker } = deps;
  const instance = deps.instance ?? loneInstance();
  const writer = createEntryWriter(db, instance.id);
  const lister = searchWorker ? null : createLister(db);
  const listeners = new Set<() => void>();
  const sql = {
    row: db.prepare(`SELECT seq, ${ROW_COLUMNS} FROM requests WHERE id = ?`),
    draft: db.prepare('SELECT draft FROM drafts WHERE seq = ?'),
    ending: db.prepare('SELECT ending FROM endings WHERE seq = ?'),
    records: db.prepare('SELECT id, items, bytes FROM records WHERE seq = ? AND id > ? ORDER BY id LIMIT ?'),
  };
  const find = (id: string) => reading(db, () => sql.row.get(id));
  const found = (id: string) => {
    const row = find(id);
    if (!row) throw notFound();
    return row;
  };
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };

  let walTimer: NodeJS.Timeout | undefined;
  /** Tries again while a search is in the middle of a read of the old log. */
  const emptyLog = (tries = WAL_TRIES) => {
    clearTimeout(walTimer);
    if (!db.isOpen || truncateWal(db) || tries === 0) return;
    walTimer = setTimeout(() => emptyLog(tries - 1), WAL_RETRY_MS);
    walTimer.unref();
  };

  let stopWatching = () => {};
  if (deps.watchMs !== undefined) stopWatching = watchOthers(db, deps.watchMs, changed);

  return {
    begin(entry) {
      writer.begin(entry);
      changed();
    },
    append: writer.append,
    finish(id, ending) {
      writer.finish(id, ending);
      changed();
    },
    async list(input, signal) {
      if (searchWorker) return searchWorker.list(input, signal);
      return reading(db, () => lister!.list(input, () => (signal?.aborted ? 'cancelled' : null)));
    },
    has: (id) => find(id) !== undefined,
    get: (id) => toHistoryRow(found(id)),
    entry(id) {
      const row = found(id);
      const seq = row.seq as number;
      return reading(db, () => {
        const ending = sql.ending.get(seq)?.ending as string | undefined;
        return {
          row: toHistoryRow(row),
          draft: JSON.parse(sql.draft.get(seq)?.draft as string) as Draft,
          end: ending === undefined ? null : (JSON.parse(ending) as EndEvent),
        };
      });
    },
    *records(id) {
      const seq = find(id)?.seq as number | undefined;
      if (seq === undefined) return;
      let after = 0;
      for (;;) {
        const from = after;
        const rows = reading(db, () => sql.records.all(seq, from, RECORD_PAGE));
        for (const row of rows) yield* unpackRecords(row as { items: string; bytes: Uint8Array });
        const end = rows.at(-1);
        if (!end) return;
        after = end.id as number;
      }
    },
    delete(id) {
      if (!writer.delete(id)) throw notFound();
      emptyLog();
      changed();
    },
    deleteAll() {
      const count = writer.deleteAll();
      emptyLog();
      changed();
      return count;
    },
    recover() {
      const count = writer.interrupt(instance.isAlive);
      if (count > 0) changed();
      return count;
    },
    onChange(cb) {
      listeners.add(cb);
      return () => listeners.delete(cb);
    },
    async close() {
      stopWatching();
      clearTimeout(walTimer);
      listeners.clear();
      await searchWorker?.close();
    },
  };
}

/** SQLite's data version of a connection changes exactly when another connection has written. */
function watchOthers(db: DatabaseSync, ms: number, changed: () => void): () => void {
  const statement = db.prepare('PRAGMA data_version');
  const version = () => statement.get()?.data_version;
  let seen = version();
  const timer = setInterval(() => {
    if (!db.isOpen) return;
    try {
      const now = version();
      if (now !== seen) changed();
      seen = now;
    } catch {} // a disk that went away; whoever reads or writes next says so
  }, ms);
  timer.unref();
  return () => clearInterval(timer);
}
