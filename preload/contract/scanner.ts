// The scanner: repositories, scans that go on without a window, findings without secrets.
import * as z from 'zod';
import { call, stream } from './define.ts';
import {
  ExportFormat,
  FindingDetail,
  FindingFilter,
  FindingPage,
  FindingSort,
  MarkKind,
} from './findings.ts';
import { ScanCounts, ScanIssue, ScanProfile, Severity } from './scan-facts.ts';

export * from './findings.ts';
export * from './scan-facts.ts';

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
  /**
   * Findings that are neither marked, nor suppressed, nor in a file that git ignores (such a key has not leaked), by
   * severity; and those that are a stored key.
   */
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
