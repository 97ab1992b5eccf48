// SARIF 2.1.0, one run for each repository: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
// Columns are left out: ours count bytes, which SARIF has no word for.
import type { ScanIssue, Severity } from '../model.ts';
import { folderUri, pathUri } from './path-uri.ts';
import { type Report, type ReportFinding, type RepositoryReport, SOURCE_WORDS, visible } from './report.ts';
import { isoTime } from './to-json.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const ROOT = 'SRCROOT';
const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = {
  high: 'error',
  medium: 'warning',
  low: 'note',
};
/** As code scanning sorts: above 7 is high, above 4 medium. */
const SCORES: Record<Severity, string> = { high: '9.0', medium: '6.0', low: '3.0' };

export function* toSarif({ version, repositories }: Report): Generator<string> {
  yield `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[`;
  for (const [index, repository] of repositories.entries()) {
    yield index === 0 ? '\n' : ',\n';
    yield* run(repository, version);
  }
  yield ']}\n';
}

/** The results come first in the text: by their end all rules they name are known. */
function* run(repository: RepositoryReport, version: string): Generator<string> {
  const { findings, profile } = repository;
  const rules = new Map<string, { index: number; finding: ReportFinding }>();
  yield '{"results":[';
  for (const [index, finding] of findings.entries()) {
    const rule = rules.get(finding.rule) ?? { index: rules.size, finding };
    rules.set(finding.rule, rule);
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(result(finding, rule.index))}`;
  }
  const rest = JSON.stringify({
    tool: {
      driver: {
        name: 'Keybench',
        version,
        rules: [...rules.values()].map(({ finding }) => ruleOf(finding)),
      },
    },
    automationDetails: { id: `keybench/${profile}/` },
    invocations: [invocation(repository)],
    originalUriBaseIds: { [ROOT]: { uri: folderUri(repository.path) } },
    ...provenance(repository),
  });
  yield `],${rest.slice(1)}`;
}

function ruleOf({ rule, provider, severity, description, revoke }: ReportFinding) {
  const steps = 'Revoke the secret, replace it where it is used, then take it out of the history.';
  const text = revoke === null ? steps : `${steps} It is revoked at ${revoke}`;
  return {
    id: rule,
    shortDescription: { text: `${visible(provider)}: ${rule}` },
    fullDescription: { text: visible(description) },
    ...(revoke === null ? {} : { helpUri: revoke }),
    help: { text, ...(revoke === null ? {} : { markdown: `${steps} [Revoke it](${revoke}).` }) },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['security', 'secret'], precision: 'high', 'security-severity': SCORES[severity] },
  };
}

function result(finding: ReportFinding, ruleIndex: number) {
  const { rule, severity, masked, fingerprint, source, commit, key } = finding;
  const parts = [
    `${visible(finding.provider)} secret ${visible(masked)} ${SOURCE_WORDS[source]}`,
    ...(commit === null ? [] : [`commit ${commit.slice(0, 12)}`]),
    ...(key === null ? [] : [`this is the stored key ${visible(key)}`]),
  ];
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${parts.join(', ')}.` },
    locations: [location(finding)],
    partialFingerprints: { 'keybench/v1': fingerprint },
    suppressions: suppressions(finding),
    properties: {
      source,
      commit,
      author: finding.author,
      date: finding.at === null ? null : isoTime(finding.at),
      refs: finding.refs,
      versions: finding.versions,
      present: finding.present,
      storedKey: key,
    },
  };
}

function location({ path, line, oid, commit, source }: ReportFinding) {
  if (path === '') {
    const name = commit ?? oid ?? 'unknown object';
    return { logicalLocations: [{ fullyQualifiedName: name, kind: source }] };
  }
  return {
    physicalLocation: {
      artifactLocation: { uri: pathUri(path), uriBaseId: ROOT },
      region: { startLine: Math.max(1, line) },
    },
  };
}

const SUPPRESSED: Record<NonNullable<ReportFinding['suppressed']>, string> = {
  inline: 'A comment in the file allows it.',
  repository: "The repository's own .keybench.toml allows it.",
  user: "The user's own rules allow it.",
  baseline: 'It is in the baseline.',
};

/** Always a list: once one result says what suppresses it, an absent list would mean "not known". */
function suppressions({ suppressed, mark }: ReportFinding) {
  const all: { kind: 'inSource' | 'external'; status: 'accepted'; justification: string }[] = [];
  if (suppressed !== null) {
    const kind = suppressed === 'inline' ? 'inSource' : 'external';
    all.push({ kind, status: 'accepted', justification: SUPPRESSED[suppressed] });
  }
  if (mark !== null) {
    const word = mark.kind === 'accepted' ? 'Accepted' : 'False alarm';
    const justification = mark.reason === '' ? `${word}.` : `${word}: ${visible(mark.reason)}`;
    all.push({ kind: 'external', status: 'accepted', justification });
  }
  return all;
}

function invocation({ summary, error }: RepositoryReport) {
  const notifications = (summary?.issues ?? []).map(notification);
  if (error !== '') notifications.push(notification({ kind: 'failed', text: error, level: 'error' }));
  const start = summary === null ? null : isoTime(summary.startedAt);
  const end = summary === null ? null : isoTime(summary.startedAt + summary.ms);
  return {
    executionSuccessful: error === '' && summary !== null,
    ...(start === null ? {} : { startTimeUtc: start }),
    ...(end === null ? {} : { endTimeUtc: end }),
    toolExecutionNotifications: notifications,
    properties: { counts: summary?.counts ?? null },
  };
}

function notification(
  issue: Pick<ScanIssue, 'text'> & { kind: string; harmless?: boolean; level?: 'error' },
) {
  const level = issue.level ?? (issue.harmless ? ('note' as const) : ('warning' as const));
  return { level, message: { text: visible(issue.text) }, descriptor: { id: issue.kind } };
}

function provenance({ path, summary }: RepositoryReport) {
  if (!summary?.head) return {};
  const { oid, ref } = summary.head;
  return {
    versionControlProvenance: [
      {
        repositoryUri: folderUri(path),
        revisionId: oid,
        ...(ref === null ? {} : { branch: visible(ref) }),
        mappedTo: { uriBaseId: ROOT },
      },
    ],
  };
}
