// Reads and matches one job: in a blob worker, or in the scan thread itself when there is too little to start one for.
import { setImmediate } from 'node:timers/promises';
import { readObjects } from '../git/read-objects.ts';
import { readFile } from '../git/work-tree.ts';
import { isBinary } from '../match/wide-text.ts';
import { BatchBuilder } from './batch-builder.ts';
import { BINARY } from './cache.ts';
import type { ContentType } from './hit.ts';
import { messageOf } from './message-text.ts';
import { createHitReader } from './read-hits.ts';
import { scanRules } from './scan-rules.ts';
import type { Batch, FileToRead, Job, WorkerSetup } from './worker-protocol.ts';

export interface JobRunner {
  /** Rejects when the signal aborts, and with an AppError when git cannot go on. */
  run(job: Job, signal: AbortSignal): Promise<void>;
}

export function createJobRunner(setup: WorkerSetup, onBatch: (batch: Batch) => void): JobRunner {
  const { repo, knownKeys, pepper, reveal, maxBlob } = setup;
  const reader = createHitReader({ rules: scanRules(setup.rules), knownKeys, pepper, reveal });
  const batches = new BatchBuilder(repo.oidBytes, onBatch);

  /** `keep`: the id will mean the same next time. `bytes`: as listed. */
  const take = (id: string, type: ContentType, content: Uint8Array, bytes: number, keep = true) => {
    const { hits, timedOut } = reader.read(content);
    const binary = isBinary(content);
    // What a rule was given up on gets a second chance: there may be more time next time.
    if (timedOut || !keep) batches.unsettled({ id, type, hits });
    else batches.scanned({ id, type, hits }, binary ? BINARY : 0);
    const { counts } = batches;
    counts.scanned++;
    counts.scannedBytes += content.length;
    if (binary) counts.binary++;
    if (timedOut) counts.timedOut++;
    if (type === 'file') counts.files++;
    counts.settled++;
    counts.bytes += bytes;
    batches.check();
  };

  const readAll = (ids: Uint8Array, signal: AbortSignal) =>
    readObjects(repo, ids, {
      signal,
      maxBytes: maxBlob,
      onObject(id, type, object) {
        if (type === 'tree') return;
        take(id, type, type === 'blob' ? object : messageOf(object), object.length);
      },
      onMissing: () => batches.lost('missing'),
      onUnreadable: () => batches.lost('unreadable'),
      onTooBig: () => batches.lost('tooBig'),
    });

  const readFiles = async (files: readonly FileToRead[], signal: AbortSignal) => {
    for (const { path, id, keep } of files) {
      // Reading blocks; between two files messages get their turn.
      await setImmediate();
      signal.throwIfAborted();
      const file = readFile(repo, path, { maxBytes: maxBlob });
      if (file.state === 'read') take(id, 'file', file.content, file.content.length, keep);
      // Deleted since it was listed: then there is nothing in it.
      else if (file.state === 'missing') batches.counts.settled++;
      else batches.lost(file.state);
    }
  };

  return {
    async run(job, signal) {
      if (job.k === 'objects') await readAll(job.ids, signal);
      else await readFiles(job.files, signal);
      batches.flush();
    },
  };
}
