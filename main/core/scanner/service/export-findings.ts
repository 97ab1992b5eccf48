// The findings that a filter shows, as a file.
import type { DatabaseSync } from 'node:sqlite';
import type { ExportFormat, FindingFilter } from '../../../../preload/contract/scanner.ts';
import { render } from '../report/render.ts';
import type { ReportFinding, RepositoryReport } from '../report/report.ts';
import type { StoredFinding } from './finding-columns.ts';
import { storedKeys } from './known-keys.ts';
import type { RepoRow } from './repo-rows.ts';
import type { ScannerService } from './scanner-service.ts';

export interface ExportDeps {
  db: DatabaseSync;
  service: Pick<ScannerService, 'pages' | 'marks' | 'repos' | 'rules'>;
  version: string;
}

/** In pieces; the reader's pace holds it back. Ends early when `signal` aborts. */
export async function* exportFindings(
  { format, filter }: { format: ExportFormat; filter: FindingFilter },
  deps: ExportDeps,
  signal: AbortSignal,
): AsyncGenerator<{ s: string }> {
  const byRepo = await collect(filter, deps, signal);
  const repositories: RepositoryReport[] = [];
  for (const repo of deps.service.repos()) {
    if (filter.repoId !== null && filter.repoId !== repo.id) continue;
    repositories.push(reportOf(repo, byRepo.get(repo.id) ?? []));
  }
  for (const s of render({ version: deps.version, repositories }, format)) {
    if (signal.aborted) return;
    yield { s };
    await nextTurn();
  }
}

async function collect(filter: FindingFilter, { db, service }: ExportDeps, signal: AbortSignal) {
  const keys = storedKeys(db);
  const revoke = new Map(service.rules().map((rule) => [rule.id, rule.revoke]));
  const byRepo = new Map<string, ReportFinding[]>();
  for (const piece of service.pages.all(filter)) {
    for (const stored of piece) {
      const mark = stored.marked ? service.marks.of(stored.repoId, stored.fingerprint) : null;
      const key = stored.keyFingerprint === null ? undefined : keys.get(stored.keyFingerprint);
      const finding = toReport(stored, {
        mark: mark && { kind: mark.kind, scope: mark.scope, reason: mark.reason },
        key: key?.name ?? null,
        revoke: revoke.get(stored.rule) ?? null,
      });
      const list = byRepo.get(stored.repoId);
      if (list) list.push(finding);
      else byRepo.set(stored.repoId, [finding]);
    }
    if (signal.aborted) return byRepo;
    await nextTurn();
  }
  return byRepo;
}

function toReport(
  stored: StoredFinding,
  extra: Pick<ReportFinding, 'mark' | 'key' | 'revoke'>,
): ReportFinding {
  const {
    id: _id,
    repoId: _repo,
    keyFingerprint: _key,
    marked: _marked,
    firstSeen: _first,
    ...rest
  } = stored;
  return { ...rest, ...extra };
}

function reportOf({ name, path, lastScan }: RepoRow, findings: readonly ReportFinding[]): RepositoryReport {
  const failed = lastScan?.state === 'failed' && findings.length === 0;
  const summary = lastScan && {
    counts: lastScan.counts,
    issues: lastScan.issues,
    startedAt: lastScan.at,
    ms: lastScan.ms,
    head: lastScan.head,
  };
  return {
    name,
    path,
    profile: lastScan?.profile ?? 'history',
    summary: failed ? null : summary,
    error: failed ? lastScan.error : lastScan === null ? 'It was not scanned yet.' : '',
    findings,
  };
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
