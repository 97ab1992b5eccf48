// Findings as a window sees them: lists, one in detail, filters and marks. None holds a secret.
import * as z from 'zod';
import { ScanSource, Severity } from './scan-facts.ts';

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
