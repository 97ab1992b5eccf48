// How recorded events lie in the database: one row per commit, so that a stream of 5,000 chunks a second costs four
// inserts and not 5,000. Bodies are not compressed on purpose: a search of the files for a leaked key must see them.
import type { Recorded } from './records.ts';

type Control = Exclude<Recorded, { k: 'bytes' }>;
/** Attempt, monotonic ms, length in bytes. */
type Chunk = [n: number, t: number, length: number];

export interface RecordRow {
  items: string;
  bytes: Uint8Array;
}

export function packRecords(records: readonly Recorded[]): RecordRow {
  const items: (Control | Chunk)[] = [];
  const chunks: Uint8Array[] = [];
  for (const record of records) {
    if (record.k !== 'bytes') items.push(record);
    else {
      // Microseconds are enough, and shorter.
      items.push([record.n, Math.round(record.t * 1000) / 1000, record.bytes.byteLength]);
      chunks.push(record.bytes);
    }
  }
  return { items: JSON.stringify(items), bytes: Buffer.concat(chunks) };
}

/** The records of one row, in the order they came. The bytes are views into `row.bytes`. */
export function* unpackRecords(row: RecordRow): Generator<Recorded> {
  let offset = 0;
  for (const item of JSON.parse(row.items) as (Control | Chunk)[]) {
    if (!Array.isArray(item)) yield item;
    else {
      const [n, t, length] = item;
      yield { k: 'bytes', n, t, bytes: row.bytes.subarray(offset, offset + length) };
      offset += length;
    }
  }
}
