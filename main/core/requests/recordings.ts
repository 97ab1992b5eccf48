// What of this session's requests is in memory and nowhere else: the newest records of the running ones, and the ended
// ones that could not be kept, up to a bound. So an event can be opened while its request runs, with the history off,
// and when the disk is full.
import type { Draft } from '../../../preload/contract/requests.ts';
import type { Recorder, Unkept } from './recorder.ts';

const MAX_BYTES = 64 * 1024 * 1024;

export interface Recording extends Unkept {
  draft: Draft;
}

export interface Recordings {
  start(id: string, draft: Draft, recorder: Pick<Recorder, 'unkept'>): void;
  /** The request has ended: if all of it is on disk it is forgotten, else it may be dropped some time. */
  end(id: string): void;
  get(id: string): Recording | null;
}

export function createRecordings(maxBytes = MAX_BYTES): Recordings {
  const running = new Map<string, { draft: Draft; recorder: Pick<Recorder, 'unkept'> }>();
  const ended = new Map<string, { recording: Recording; bytes: number }>();
  let total = 0;
  return {
    start: (id, draft, recorder) => running.set(id, { draft, recorder }),
    end(id) {
      const one = running.get(id);
      if (!one || !running.delete(id)) return;
      const { all, records } = one.recorder.unkept();
      if (records.length === 0) return;
      let bytes = 0;
      for (const record of records) bytes += 200 + (record.k === 'bytes' ? record.bytes.byteLength : 0);
      ended.set(id, { recording: { draft: one.draft, all, records }, bytes });
      total += bytes;
      for (const [oldest, { bytes: size }] of ended) {
        if (total <= maxBytes || oldest === id) break;
        ended.delete(oldest);
        total -= size;
      }
    },
    get(id) {
      const one = running.get(id);
      if (one) return { draft: one.draft, ...one.recorder.unkept() };
      return ended.get(id)?.recording ?? null;
    },
  };
}
