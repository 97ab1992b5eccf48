// What the main thread and the scan thread say to each other. Findings go in parts, since one message with 50,000 of
// them would hold up the main thread while it is unpacked.
import type { Finding, ScanProgress, ScanRequest, ScanSummary } from '../model.ts';

export interface ScanThreadData {
  request: ScanRequest;
  /** The blob worker's entry where it is bundled; `null`: beside the scan thread's. */
  blobWorker: string | null;
}

export type ToScanThread =
  | { k: 'stop' }
  /** A `found` was taken by whoever reads; the next one may come. */
  | { k: 'taken' };

export type FromScanThread =
  | { k: 'progress'; progress: ScanProgress }
  /** Not more than `FOUND_AHEAD` unanswered ones. */
  | { k: 'found'; findings: Finding[] }
  /** A part of the final findings. */
  | { k: 'part'; findings: Finding[] }
  | { k: 'done'; summary: ScanSummary }
  | { k: 'stopped' }
  | { k: 'failed'; code: string; message: string };

/** Findings in one message. */
export const PART = 250;
/** `found` messages that may wait in the main thread. */
export const FOUND_AHEAD = 4;
