// Scans for the command line: the paths one after the other, into one report.
import path from 'node:path';
import { AppError } from '../../../../preload/contract/app-error.ts';
import { findGitDirectory, realFolder } from '../git/git-directory.ts';
import type {
  Finding,
  KnownKey,
  Rule,
  RuleChoice,
  ScanMessage,
  ScanProfile,
  ScanProgress,
  ScanRequest,
} from '../model.ts';
import type { Report, ReportFinding, ReportMark, RepositoryReport } from '../report/report.ts';

export interface ScanPathsOptions {
  /** Repositories, folders in them, or folders that contain some. */
  paths: readonly string[];
  profile: ScanProfile;
  since: string | null;
  indexFile: string | null;
  trusted: boolean;
  jobs: number | null;
  maxBlob: number;
  ignored: boolean;
  rules: RuleChoice;
  /** Fingerprints. */
  baseline: readonly string[];
  reveal: boolean;
  cacheDir: string | null;
}

export interface ScanPathsDeps {
  version: string;
  knownKeys: () => Promise<readonly KnownKey[]>;
  /** What was said in the app about a finding. */
  markOf: (repository: string, fingerprint: string) => ReportMark | null;
  rules: () => Promise<readonly Rule[]>;
  findRepositories: (folder: string, signal: AbortSignal) => Promise<{ paths: string[]; cut: boolean }>;
  /** Runs one scan; ends early with `stopped` when the signal aborts. */
  scan: (request: ScanRequest, signal: AbortSignal) => AsyncIterable<ScanMessage>;
  onProgress: (repository: string, progress: ScanProgress) => void;
}

/** A path that cannot be scanned is in the report with its error. Rejects with `CANCELLED` when the signal aborts. */
export async function scanPaths(
  options: ScanPathsOptions,
  deps: ScanPathsDeps,
  signal: AbortSignal,
): Promise<Report> {
  const repositories: RepositoryReport[] = [];
  const seen = new Set<string>();
  for (const given of options.paths) {
    const { tops, error } = await topsOf(given, deps, signal);
    if (error !== '') repositories.push(notScanned(given, options.profile, error));
    for (const top of tops) {
      if (seen.has(top)) continue;
      seen.add(top);
      repositories.push(await scanOne(top, options, deps, signal));
    }
  }
  return { version: deps.version, repositories };
}

async function topsOf(given: string, deps: ScanPathsDeps, signal: AbortSignal) {
  const folder = realFolder(path.resolve(given));
  if (folder === null)
    return { tops: [], error: `There is no folder ${given} that can be read. Check the path.` };
  const found = findGitDirectory(folder);
  if (found) return { tops: [found.workTree ?? found.gitDir], error: '' };
  const { paths } = await deps.findRepositories(folder, signal);
  const error = `There is no git repository in, above or below ${folder}. Give the folder of one.`;
  return { tops: paths, error: paths.length === 0 ? error : '' };
}

async function scanOne(
  top: string,
  { paths: _paths, ...options }: ScanPathsOptions,
  deps: ScanPathsDeps,
  signal: AbortSignal,
): Promise<RepositoryReport> {
  const knownKeys = await deps.knownKeys();
  signal.throwIfAborted();
  const request: ScanRequest = {
    ...options,
    path: top,
    repositoryConfig: true,
    knownKeys,
    pepper: null,
  };
  for await (const message of deps.scan(request, signal)) {
    if (message.k === 'progress') deps.onProgress(top, message.progress);
    if (message.k === 'stopped') throw cancelled();
    if (message.k === 'failed') return notScanned(top, options.profile, explained(message));
    if (message.k !== 'done') continue;
    const { summary } = message;
    const findings = await Promise.all(message.findings.map((one) => toReport(one, top, knownKeys, deps)));
    return { name: path.basename(top), path: top, profile: options.profile, summary, error: '', findings };
  }
  throw cancelled();
}

const cancelled = () => new AppError('CANCELLED', 'The scan was stopped.');

/** On the command line nobody can be asked, so the sentence says what to type. */
function explained({ code, message }: { code: string; message: string }): string {
  return code === 'FOREIGN_REPOSITORY' ? `${message} With --trust it is scanned.` : message;
}

function notScanned(given: string, profile: ScanProfile, error: string): RepositoryReport {
  return {
    name: path.basename(given),
    path: path.resolve(given),
    profile,
    summary: null,
    error,
    findings: [],
  };
}

async function toReport(
  { keyFingerprint: _print, knownKey, revealed, ...finding }: Finding,
  top: string,
  knownKeys: readonly KnownKey[],
  deps: ScanPathsDeps,
): Promise<ReportFinding> {
  const rules = await deps.rules();
  return {
    ...finding,
    key: knownKeys.find(({ id }) => id === knownKey)?.name ?? null,
    mark: deps.markOf(top, finding.fingerprint),
    revoke: rules.find(({ id }) => id === finding.rule)?.revoke ?? null,
    ...(revealed ? { secret: revealed.secret } : {}),
  };
}
