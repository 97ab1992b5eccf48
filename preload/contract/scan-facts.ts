// What a scan reads, how bad a finding is, and what a reader must know before trusting a result.
import * as z from 'zod';

export const Severity = z.enum(['high', 'medium', 'low']);
export type Severity = z.infer<typeof Severity>;

/** What is read: files of the work tree; what is staged; everything that was ever committed, and both of these. */
export const ScanProfile = z.enum(['worktree', 'staged', 'history']);
export type ScanProfile = z.infer<typeof ScanProfile>;

/**
 * Where a secret stands. `ignored`: local only, not committed. `unreachable`: an object that no ref, reflog, stash or
 * index names. `message`, `tag` and `note`: text of a commit, a tag or a git note.
 */
export const ScanSource = z.enum([
  'history',
  'staged',
  'worktree',
  'untracked',
  'ignored',
  'stash',
  'reflog',
  'unreachable',
  'message',
  'tag',
  'note',
]);
export type ScanSource = z.infer<typeof ScanSource>;

/** Something a reader must know before trusting the result. */
export const ScanIssue = z.object({
  kind: z.enum([
    'nothing-scanned',
    'shallow',
    'partial',
    'missing',
    'unreadable',
    'too-big',
    'timed-out',
    'not-followed',
    'submodules',
    'suppressed',
    'config',
    'cut',
  ]),
  /** One sentence. */
  text: z.string(),
  /** False: the result cannot be called clean. */
  harmless: z.boolean(),
});
export type ScanIssue = z.infer<typeof ScanIssue>;

/** Exact counts; nothing is skipped without being counted here. */
export const ScanCounts = z.object({
  /** Different contents read and matched, and their bytes. */
  scanned: z.int(),
  scannedBytes: z.number(),
  /** Found in the cache, not read again. */
  cached: z.int(),
  /** Larger than the limit. */
  tooBig: z.int(),
  /** Matched as bytes all the same; counted so that a report can say so. */
  binary: z.int(),
  /** Named by the repository but not there. */
  missing: z.int(),
  /** Damaged. */
  unreadable: z.int(),
  /** Contents on which some rule was given up for time. */
  timedOut: z.int(),
  /** Work-tree files read; links, devices and pipes that were not followed. */
  files: z.int(),
  notFollowed: z.int(),
  commits: z.int(),
});
export type ScanCounts = z.infer<typeof ScanCounts>;
