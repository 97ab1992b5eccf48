// The JSON report. Its shape is stable: fields may be added, none is removed or changes its meaning while `format` is 1.
//
// { format: 1, tool: { name, version }, repositories: [{
//     name, path, profile: worktree|staged|history, head: { ref, oid } | null, startedAt: ISO time, ms,
//     error: '' or why it could not be scanned, counts: {…} | null, issues: [{ kind, text, harmless }],
//     findings: [{ rule, provider, severity: high|medium|low, description, masked, fingerprint, source, path, line, column,
//       oid, commit, author, email, at: ISO time | null, refs, versions, present: true|false|null,
//       key: name of the stored key | null, suppressed: null|inline|repository|user|baseline,
//       mark: { kind, scope, reason } | null, revoke: link | null }] }] }
import type { Report, ReportFinding, RepositoryReport } from './report.ts';

export function* toJson({ version, repositories }: Report): Generator<string> {
  yield `{"format":1,"tool":${JSON.stringify({ name: 'Keybench', version })},"repositories":[`;
  for (const [index, repository] of repositories.entries()) {
    yield index === 0 ? '\n' : ',\n';
    yield* repositoryJson(repository);
  }
  yield ']}\n';
}

function* repositoryJson(repository: RepositoryReport): Generator<string> {
  const { name, path, profile, summary, error, findings } = repository;
  const head = JSON.stringify({
    name,
    path,
    profile,
    head: summary?.head ?? null,
    startedAt: summary === null ? null : isoTime(summary.startedAt),
    ms: summary?.ms ?? null,
    error,
    counts: summary?.counts ?? null,
    issues: summary?.issues ?? [],
  });
  yield `${head.slice(0, -1)},"findings":[`;
  for (const [index, finding] of findings.entries())
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(findingJson(finding))}`;
  yield ']}';
}

function findingJson(finding: ReportFinding): Record<string, unknown> {
  return {
    rule: finding.rule,
    provider: finding.provider,
    severity: finding.severity,
    description: finding.description,
    masked: finding.masked,
    fingerprint: finding.fingerprint,
    source: finding.source,
    path: finding.path,
    line: finding.line,
    column: finding.column,
    oid: finding.oid,
    commit: finding.commit,
    author: finding.author,
    email: finding.email,
    at: finding.at === null ? null : isoTime(finding.at),
    refs: finding.refs,
    versions: finding.versions,
    present: finding.present,
    key: finding.key,
    suppressed: finding.suppressed,
    mark: finding.mark,
    revoke: finding.revoke,
    ...(finding.secret === undefined ? {} : { secret: finding.secret }),
  };
}

/** `null` for a time that no calendar has: dates of commits are whatever somebody wrote. */
export function isoTime(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
