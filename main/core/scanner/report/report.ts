// What a report is made of, whatever its format: from a scan on the command line or from what the app has stored.
import type { Finding, ScanCounts, ScanIssue, ScanProfile, ScanSummary, Severity } from '../model.ts';

export interface ReportMark {
  kind: 'false-alarm' | 'accepted';
  scope: 'repository' | 'everywhere';
  reason: string;
}

export interface ReportFinding extends Omit<Finding, 'keyFingerprint' | 'knownKey' | 'revealed'> {
  /** Name of the stored key that it is. */
  key: string | null;
  mark: ReportMark | null;
  /** https page where its owner revokes it. */
  revoke: string | null;
  /** Only with `--show-secrets`, which no file gets. */
  secret?: string;
}

export interface RepositoryReport {
  name: string;
  path: string;
  profile: ScanProfile;
  /** `null`: the scan failed, and `error` says why in one sentence. */
  summary: (Pick<ScanSummary, 'startedAt' | 'ms' | 'head'> & ReportSummary) | null;
  error: string;
  findings: readonly ReportFinding[];
}

interface ReportSummary {
  counts: ScanCounts | null;
  issues: readonly ScanIssue[];
}

export interface Report {
  /** Of Keybench. */
  version: string;
  repositories: readonly RepositoryReport[];
}

export type ReportFormat = 'text' | 'json' | 'csv' | 'sarif';

/** Neither marked, nor suppressed, nor local only: what makes a scan end with "findings". */
export const isLeak = (finding: Pick<ReportFinding, 'mark' | 'suppressed' | 'source'>): boolean =>
  isOpen(finding) && finding.source !== 'ignored';

/** Nobody has said that it is all right. */
export const isOpen = ({ mark, suppressed }: Pick<ReportFinding, 'mark' | 'suppressed'>): boolean =>
  mark === null && suppressed === null;

export const SEVERITY_ORDER: readonly Severity[] = ['high', 'medium', 'low'];

/** How a report calls where a secret stands. */
export const SOURCE_WORDS: Record<Finding['source'], string> = {
  history: 'in the history',
  staged: 'staged',
  worktree: 'in a changed file, not committed',
  untracked: 'in an untracked file',
  ignored: 'local only, not committed',
  stash: 'in a stash',
  reflog: 'in a commit that only the reflog holds',
  unreachable: 'in an object that nothing refers to',
  message: 'in a commit message',
  tag: 'in a tag message',
  note: 'in a git note',
};

/** Text of others without what would steer a terminal or break a line. */
export const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
