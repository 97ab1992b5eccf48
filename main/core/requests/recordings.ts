// The requests of this session whose records are still in memory: all running ones, and the latest ended ones up to a
// bound. An event can be opened while its request runs, and also when the history is off or the disk is full.
import type { Draft } from '../../../preload/contract/requests.ts';
import type { Recorded } from '../history/records.ts';

const MAX_BYTES = 64 * 1024 * 1024;

export interface Recording {
  draft: Draft;
  records: Iterable<Recorded>;
}

export interface Recordings {
  /** Starts a recording; push to the returned function. */
  start(id: string, draft: Draft): (record: Recorded) => void;
  /** The request has ended: from now on its records may be dropped. */
  end(id: string): void;
  get(id: string): Recording | null;
}

export function createRecordings(maxBytes = MAX_BYTES): Recordings {
  const all = new Map<string, { draft: Draft; records: Recorded[]; bytes: number; ended: boolean }>();
  let total = 0;
  const trim = () => {
    for (const [id, one] of all) {
      if (total <= maxBytes) return;
      if (!one.ended) continue;
      all.delete(id);
      total -= one.bytes;
    }
  };
  return {
    start(id, draft) {
      const one = { draft, records: [] as Recorded[], bytes: 0, ended: false };
      all.set(id, one);
      return (record) => {
        const size = 200 + (record.k === 'bytes' ? record.bytes.byteLength : 0);
        one.records.push(record);
        one.bytes += size;
        total += size;
        if (total > maxBytes) trim();
      };
    },
    end(id) {
      const one = all.get(id);
      if (one) one.ended = true;
      trim();
    },
    get: (id) => all.get(id) ?? null,
  };
}
