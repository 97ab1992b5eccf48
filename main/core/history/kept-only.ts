// The switch "keep a history": requests that were sent while it was off leave nothing on disk. They can still be looked
// into while the session has them in memory (requests/recordings.ts).
import type { RecordSink } from './records.ts';

/** `keep` is asked once per request, when it begins: turning the switch changes the next request, not a running one. */
export function keptOnly(sink: RecordSink, keep: () => boolean): RecordSink {
  const dropped = new Set<string>();
  return {
    begin(entry) {
      if (keep()) sink.begin(entry);
      else dropped.add(entry.id);
    },
    append(id, records, answer) {
      if (!dropped.has(id)) sink.append(id, records, answer);
    },
    finish(id, ending) {
      if (!dropped.delete(id)) sink.finish(id, ending);
    },
  };
}
