// What was read already, so that the next scan reads only what is new. One file per object store and rule set: ids of
// scanned contents, the hits in them without the secrets, and where those contents stand in history. A scan that is
// stopped or killed leaves a file that the next one goes on with.
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ContentHits } from './hit.ts';
import { OidTable } from './oid-table.ts';
import { type LogRecord, openLog, type RecordLog, readRecords, replaceLog } from './record-log.ts';
import type { StoredLocation } from './sightings.ts';

/** Rises when the meaning of the file changes. */
const FORMAT = 1;
/** Beyond it nothing is added: what is not in the cache is read again, which is slow but right. */
const MAX_BYTES = 256 << 20;
/** Rule sets kept per object store: the window and the command line may ask with different ones. */
const KEPT_SETS = 3;
/** Share of ids that may be of no use any more, and what a small file may hold of them whatever the share. */
const DEAD_SHARE = 0.5;
const DEAD_ANYWAY = 20_000;
const IDS_PER_RECORD = 65_536;

const HEADER = 1;
const CONTENTS = 2;
const PLACES = 3;

/** Flag of a content that looks like no text. */
export const BINARY = 1;
/** Flag of a content in which something was found. */
export const HAS_HITS = 2;

export interface ScannedBatch {
  /** Packed. */
  ids: Uint8Array;
  /** One byte for each id. */
  flags: Uint8Array;
  found: readonly ContentHits[];
}

/** Where contents with hits stand, as found when the refs were as `refs` says. */
export interface StoredPlaces {
  /** Digest of everything that names a commit: equal means that nothing was committed, moved or dropped. */
  refs: string;
  byId: Record<string, StoredLocation>;
  /** Refs that hold a commit. */
  holding: Record<string, string[]>;
}

export interface CacheName {
  /** `null`: nothing is read or written, only remembered until the end of the scan. */
  folder: string | null;
  /** Hex: of the object store. */
  store: string;
  /** Hex: of everything that decides what is found. */
  rules: string;
  oidBytes: number;
}

export class ScanCache {
  #file: string | null;
  #header: LogRecord;
  #ids: OidTable;
  #found = new Map<string, ContentHits>();
  #places: StoredPlaces | null = null;
  #log: RecordLog | null = null;

  constructor({ folder, store, rules, oidBytes }: CacheName) {
    this.#ids = new OidTable(oidBytes);
    this.#header = jsonRecord(HEADER, { format: FORMAT, store, rules, oidBytes });
    this.#file = folder === null ? null : path.join(folder, fileName(store, rules));
    if (this.#file === null || folder === null) return;
    try {
      this.#load(this.#file);
      this.#log = openLog(this.#file);
      dropOthers(folder, store, this.#file);
    } catch {
      this.#log = null; // No place to write is a reason to be slow next time, not to find nothing now.
    }
  }

  get size(): number {
    return this.#ids.size;
  }

  /** Flags of the content whose id stands at `at`, or -1 when it was not scanned yet. */
  flagsOf(ids: Uint8Array, at: number): number {
    const index = this.#ids.find(ids, at);
    return index === -1 ? -1 : this.#ids.flagsOf(index);
  }

  /** `undefined`: nothing was found in it, or it was not scanned. */
  foundIn(id: string): ContentHits | undefined {
    return this.#found.get(id);
  }

  get places(): StoredPlaces | null {
    return this.#places;
  }

  /** Keeps a batch: at once in memory, and in the file as one record, so that it is there as a whole or not at all. */
  add(batch: ScannedBatch): void {
    this.#take(batch);
    this.#append(contentsRecord(batch));
  }

  setPlaces(places: StoredPlaces): void {
    this.#places = places;
    this.#append(jsonRecord(PLACES, places));
  }

  /**
   * After a complete scan of `count` contents: writes the file anew when most of it is about contents that `alive`,
   * which is only asked for then, says are gone.
   */
  tidy(count: number, alive: () => OidTable): void {
    if (this.#log === null) return;
    const { oidBytes } = this.#ids;
    const surplus = this.#ids.size - count;
    if (surplus < DEAD_ANYWAY || surplus < this.#ids.size * DEAD_SHARE) return;
    const living = alive();
    const id = new Uint8Array(oidBytes);
    const kept: number[] = [];
    for (let index = 0; index < this.#ids.size; index++) {
      this.#ids.copy(index, id, 0);
      if (living.has(id, 0)) kept.push(index);
    }
    this.#rewrite(kept);
  }

  close(): void {
    this.#log?.close();
    this.#log = null;
  }

  #load(file: string): void {
    const { records, damaged } = readRecords(file, MAX_BYTES + (64 << 20));
    const [header, ...rest] = records;
    if (!header || !same(header, this.#header)) {
      replaceLog(file, [this.#header]);
      return;
    }
    for (const { kind, payload } of rest) {
      if (kind === CONTENTS) this.#take(parseContents(payload, this.#ids.oidBytes));
      if (kind === PLACES) this.#places = parseJson<StoredPlaces>(payload);
    }
    // A torn end must go before anything is put behind it.
    if (damaged) this.#rewrite(Array.from({ length: this.#ids.size }, (_, index) => index));
  }

  #take({ ids, flags, found }: ScannedBatch): void {
    for (let index = 0; index < flags.length; index++)
      this.#ids.add(ids, index * this.#ids.oidBytes, flags[index] ?? 0);
    for (const content of found) this.#found.set(content.id, content);
  }

  #append(record: LogRecord): void {
    if (this.#log === null || this.#log.bytes + record.payload.length > MAX_BYTES) return;
    try {
      this.#log.append(record);
    } catch {
      this.close(); // A full disk. Whatever half of the record is there fails its check sum.
    }
  }

  #rewrite(kept: readonly number[]): void {
    if (this.#file === null) return;
    const open = this.#log !== null;
    this.close();
    replaceLog(this.#file, this.#records(kept));
    if (open) this.#log = openLog(this.#file);
  }

  *#records(kept: readonly number[]): Iterable<LogRecord> {
    yield this.#header;
    const { oidBytes } = this.#ids;
    for (let from = 0; from < kept.length; from += IDS_PER_RECORD) {
      const part = kept.slice(from, from + IDS_PER_RECORD);
      const ids = Buffer.alloc(part.length * oidBytes);
      const flags = new Uint8Array(part.length);
      const found: ContentHits[] = [];
      for (const [at, index] of part.entries()) {
        this.#ids.copy(index, ids, at * oidBytes);
        flags[at] = this.#ids.flagsOf(index);
        const id = ids.toString('hex', at * oidBytes, (at + 1) * oidBytes);
        const content = this.#found.get(id);
        if (content) found.push(content);
      }
      yield contentsRecord({ ids, flags, found });
    }
    if (this.#places) yield jsonRecord(PLACES, this.#places);
  }
}

function fileName(store: string, rules: string): string {
  return `${store.slice(0, 20)}-${rules.slice(0, 20)}.scan`;
}

/** Number of ids, ids, flags, and the hits as JSON without what `reveal` had added. */
function contentsRecord({ ids, flags, found }: ScannedBatch): LogRecord {
  const hits = Buffer.from(found.length === 0 ? '' : JSON.stringify(found, withoutSecret));
  const payload = Buffer.allocUnsafe(4 + ids.length + flags.length + hits.length);
  payload.writeUInt32LE(flags.length, 0);
  payload.set(ids, 4);
  payload.set(flags, 4 + ids.length);
  payload.set(hits, 4 + ids.length + flags.length);
  return { kind: CONTENTS, payload };
}

function withoutSecret(key: string, value: unknown): unknown {
  return key === 'revealed' ? undefined : value;
}

function parseContents(payload: Uint8Array, oidBytes: number): ScannedBatch {
  const count = Buffer.from(payload.buffer, payload.byteOffset, payload.length).readUInt32LE(0);
  const flagsAt = 4 + count * oidBytes;
  const hitsAt = flagsAt + count;
  return {
    ids: payload.subarray(4, flagsAt),
    flags: payload.subarray(flagsAt, hitsAt),
    found: hitsAt === payload.length ? [] : parseJson<ContentHits[]>(payload.subarray(hitsAt)),
  };
}

/** The check sum has shown that it is what we wrote. */
function parseJson<T>(payload: Uint8Array): T {
  return JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString()) as T;
}

function jsonRecord(kind: number, value: unknown): LogRecord {
  return { kind, payload: Buffer.from(JSON.stringify(value)) };
}

function same(a: LogRecord, b: LogRecord): boolean {
  return a.kind === b.kind && Buffer.compare(a.payload, b.payload) === 0;
}

/** Forgets everything of an object store. Never throws: what stays is of no harm, and dropped as it grows old. */
export function dropCache(folder: string, store: string): void {
  try {
    for (const name of readdirSync(folder))
      if (name.startsWith(`${store.slice(0, 20)}-`)) rmSync(path.join(folder, name), { force: true });
  } catch {}
}

/** Files of other rule sets of the same store but the newest few. */
function dropOthers(folder: string, store: string, file: string): void {
  const others = readdirSync(folder)
    .filter((name) => name.startsWith(`${store.slice(0, 20)}-`) && name !== path.basename(file))
    .map((name) => ({ name, at: statSync(path.join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { name } of others.slice(KEPT_SETS - 1)) rmSync(path.join(folder, name), { force: true });
}
