// The scanner: repositories, scans that go on without a window, findings without secrets.
import * as z from 'zod';
import { call, stream } from './define.ts';

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

export const LastScan = z.object({
  at: z.number(),
  ms: z.number(),
  profile: ScanProfile,
  state: z.enum(['done', 'stopped', 'failed']),
  /** One sentence when it failed. */
  error: z.string(),
  counts: ScanCounts.nullable(),
  issues: z.array(ScanIssue),
  head: z.object({ ref: z.string().nullable(), oid: z.string() }).nullable(),
});
export type LastScan = z.infer<typeof LastScan>;

export const Repo = z.object({
  id: z.uuid(),
  path: z.string(),
  name: z.string(),
  addedAt: z.number(),
  /** `foreign`: belongs to another user of the machine and was not agreed to yet. `gone`: not there any more. */
  state: z.enum(['ok', 'foreign', 'gone']),
  lastScan: LastScan.nullable(),
  /** Findings that are neither marked nor suppressed, by severity; and those that are a stored key. */
  open: z.object({ high: z.int(), medium: z.int(), low: z.int(), known: z.int() }),
});
export type Repo = z.infer<typeof Repo>;

/** A scan that runs or waits for its turn. */
export const Run = z.object({
  repoId: z.uuid(),
  profile: ScanProfile,
  phase: z.enum(['waiting', 'open', 'list', 'read', 'locate', 'files']),
  bytes: z.number(),
  bytesTotal: z.number(),
  objects: z.int(),
  objectsTotal: z.int(),
  findings: z.int(),
  /** 0 to 1; `null` while it is not known. */
  share: z.number().nullable(),
  /** Milliseconds that are left at the present pace; `null` while it is not known. */
  left: z.number().nullable(),
});
export type Run = z.infer<typeof Run>;

export const ScannerState = z.object({
  repos: z.array(Repo),
  runs: z.array(Run),
  /** Rises when findings or marks have changed. */
  version: z.int(),
  /** Repositories in which each stored key was found, by key id. */
  keys: z.array(z.object({ keyId: z.uuid(), repos: z.int(), findings: z.int() })),
});
export type ScannerState = z.infer<typeof ScannerState>;

export const MarkKind = z.enum(['false-alarm', 'accepted']);
export type MarkKind = z.infer<typeof MarkKind>;

export const FindingRow = z.object({
  id: z.int(),
  repoId: z.uuid(),
  repoName: z.string(),
  rule: z.string(),
  provider: z.string(),
  severity: Severity,
  masked: z.string(),
  source: ScanSource,
  /** Empty while a running scan has not placed it. */
  path: z.string(),
  line: z.int(),
  commit: z.string().nullable(),
  author: z.string().nullable(),
  at: z.number().nullable(),
  present: z.boolean().nullable(),
  versions: z.int(),
  /** The stored key that it is. */
  key: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  suppressed: z.enum(['inline', 'repository', 'user', 'baseline']).nullable(),
  mark: z
    .object({
      kind: MarkKind,
      scope: z.enum(['repository', 'everywhere']),
      reason: z.string(),
      at: z.number(),
    })
    .nullable(),
  /** Found by a scan that still runs. */
  provisional: z.boolean(),
});
export type FindingRow = z.infer<typeof FindingRow>;

export const FindingFilter = z.strictObject({
  repoId: z.uuid().nullable().default(null),
  severity: z.array(Severity).max(3).default([]),
  provider: z.array(z.string().max(80)).max(200).default([]),
  rule: z.array(z.string().max(80)).max(300).default([]),
  source: z.array(ScanSource).max(20).default([]),
  /** `open`: neither marked nor suppressed. */
  state: z.enum(['open', 'marked', 'suppressed', 'all']).default('open'),
  present: z.boolean().nullable().default(null),
  known: z.boolean().nullable().default(null),
  /** Substring of path, rule, provider, author or key name, without regard to case. */
  text: z.string().max(200).default(''),
});
export type FindingFilter = z.infer<typeof FindingFilter>;

export const FindingSort = z.enum(['severity', 'rule', 'path', 'at', 'key']);
export type FindingSort = z.infer<typeof FindingSort>;

const Facet = z.array(z.object({ value: z.string(), count: z.int() }));

export const FindingPage = z.object({
  rows: z.array(FindingRow),
  /** Rows that match in all. */
  total: z.int(),
  /** Counts under the filter without the facet's own part. */
  facets: z.object({ severity: Facet, provider: Facet, rule: Facet, source: Facet }),
});
export type FindingPage = z.infer<typeof FindingPage>;

/** One line around a finding. Every secret in it is masked. */
export const ContextLine = z.object({
  line: z.int(),
  text: z.string(),
  /** Pairs of start and end (UTF-16 code units) of what was masked. */
  masked: z.array(z.tuple([z.int(), z.int()])),
});
export type ContextLine = z.infer<typeof ContextLine>;

export const FindingDetail = z.object({
  row: FindingRow,
  description: z.string(),
  column: z.int(),
  oid: z.string().nullable(),
  email: z.string().nullable(),
  /** Hex; what a baseline file holds. */
  fingerprint: z.string(),
  refs: z.array(z.string()),
  /** One sentence when the lines cannot be read any more. */
  context: z.object({ lines: z.array(ContextLine), problem: z.string() }),
  /** All other paths of the same repository that hold the same secret. */
  alsoIn: z.array(z.object({ path: z.string(), line: z.int(), commit: z.string().nullable() })),
  /** What is known of the stored key's use. */
  keyUse: z.object({ uses: z.int(), lastUsedAt: z.number().nullable() }).nullable(),
  steps: z.object({
    /** https page of the provider; `null`: none is known. */
    revoke: z.string().nullable(),
    /** Shell command, one line, and the text of the file it reads, the secret masked. `null`: never committed. */
    purge: z.object({ command: z.string(), replaceText: z.string(), cannotUndo: z.string() }).nullable(),
  }),
});
export type FindingDetail = z.infer<typeof FindingDetail>;

export const ExportFormat = z.enum(['sarif', 'json', 'csv']);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const FolderEntry = z.object({
  name: z.string(),
  path: z.string(),
  /** Holds a `.git`, or is a bare repository. */
  repository: z.boolean(),
});
export type FolderEntry = z.infer<typeof FolderEntry>;

/** What a window without a folder dialog of the OS shows instead. */
export const Folder = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  entries: z.array(FolderEntry),
  /** More folders than are listed. */
  cut: z.boolean(),
});
export type Folder = z.infer<typeof Folder>;

const folderPath = z.string().min(1).max(4096);
const repo = z.strictObject({ repoId: z.uuid() });

export const scanner = {
  /** First the present state, then one event per change, at most 4 a second while a scan runs. */
  'scanner.state': stream(z.strictObject({}), ScannerState),
  'scanner.browse': call(z.strictObject({ path: folderPath.nullable().default(null) }), Folder),
  /** A repository, or a folder that contains some. `PATH_NOT_FOUND`, `NOT_A_REPOSITORY`. */
  'scanner.add': call(
    z.strictObject({ path: folderPath }),
    z.object({ added: z.array(Repo), already: z.array(Repo), cut: z.boolean() }),
  ),
  /** Forgets the repository, its findings and its cache. Touches nothing in it. */
  'scanner.remove': call(repo, z.null()),
  /** Begins, or puts in the queue, one scan per repository. `trust`: the user agreed to a foreign one. */
  'scanner.start': call(
    z.strictObject({
      repoIds: z.array(z.uuid()).min(1).max(500),
      profile: ScanProfile,
      trust: z.boolean().default(false),
    }),
    z.null(),
  ),
  'scanner.stop': call(repo, z.null()),
  'scanner.findings': call(
    z.strictObject({
      filter: FindingFilter,
      sort: FindingSort.default('severity'),
      descending: z.boolean().default(false),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(100),
    }),
    FindingPage,
  ),
  'scanner.finding': call(z.strictObject({ id: z.int() }), FindingDetail),
  /** `kind: null` takes the mark away. */
  'scanner.mark': call(
    z.strictObject({
      ids: z.array(z.int()).min(1).max(1000),
      kind: MarkKind.nullable(),
      scope: z.enum(['repository', 'everywhere']).default('repository'),
      reason: z.string().trim().max(500).default(''),
    }),
    z.null(),
  ),
  /** The whole file in pieces; only what the filter shows. */
  'scanner.export': stream(
    z.strictObject({ format: ExportFormat, filter: FindingFilter }),
    z.object({ s: z.string() }),
  ),
  'scanner.rules': call(
    z.strictObject({}),
    z.array(
      z.object({
        id: z.string(),
        provider: z.string(),
        family: z.string(),
        description: z.string(),
        severity: Severity,
        enabled: z.boolean(),
        revoke: z.string().nullable(),
      }),
    ),
  ),
};
