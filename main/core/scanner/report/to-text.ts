// The report for a terminal: worst first, one line per finding, and at the end what was looked at and what was not.
import type { ScanCounts } from '../model.ts';
import {
  isLeak,
  isOpen,
  type Report,
  type ReportFinding,
  type RepositoryReport,
  SEVERITY_ORDER,
  SOURCE_WORDS,
  visible,
} from './report.ts';

const PROFILE_WORDS = { history: 'full history', worktree: 'working tree', staged: 'staged changes' };
/** A longer cell would push the rest of its line off the screen; its own line still shows it whole. */
const WIDEST = 60;

export function* toText({ repositories }: Report): Generator<string> {
  for (const [index, repository] of repositories.entries()) {
    if (index > 0) yield '\n';
    yield* repositoryText(repository);
  }
  if (repositories.length > 1) yield `\n${totals(repositories)}\n`;
}

function* repositoryText(repository: RepositoryReport): Generator<string> {
  const { name, path, profile, summary, error, findings } = repository;
  const head = summary?.head;
  const at = head ? `, ${visible(head.ref ?? 'detached')}@${head.oid.slice(0, 7)}` : '';
  yield `${visible(name)}  ${visible(path)}  (${PROFILE_WORDS[profile]}${at})\n`;
  if (error !== '' || summary === null) {
    yield `  Not scanned: ${visible(error)}\n`;
    return;
  }
  for (const severity of SEVERITY_ORDER)
    yield* group(
      severity.toUpperCase(),
      findings.filter((one) => isLeak(one) && one.severity === severity),
    );
  yield* group(
    'LOCAL ONLY, NOT COMMITTED',
    findings.filter((one) => isOpen(one) && one.source === 'ignored'),
  );
  yield `\n  ${conclusion(repository)}\n`;
  if (summary.counts) yield `  ${countsText(summary.counts, summary.ms)}\n`;
  const hidden = hiddenText(findings);
  if (hidden !== '') yield `  ${hidden}\n`;
  for (const { text, harmless } of summary.issues)
    yield `  ${harmless ? 'Note:' : 'Beware:'} ${visible(text)}\n`;
}

function* group(title: string, findings: readonly ReportFinding[]): Generator<string> {
  if (findings.length === 0) return;
  yield `\n  ${title}  ${findings.length}\n`;
  const rows = findings.map(cells);
  const widths = [0, 1, 2].map((column) =>
    Math.min(WIDEST, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  );
  for (const row of rows)
    yield `    ${row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
}

function cells(finding: ReportFinding): string[] {
  const { rule, masked, secret, path, line, commit, at, author, source, key, present } = finding;
  const place = path === '' ? SOURCE_WORDS[source] : `${visible(path)}:${line}`;
  const about = [
    commit?.slice(0, 7) ?? '',
    at === null ? '' : day(at),
    visible(author ?? ''),
    path === '' || source === 'history' ? '' : SOURCE_WORDS[source],
    source === 'history' && present === true ? 'still in the working tree' : '',
    key === null ? '' : `= ${visible(key)}`,
  ].filter((part) => part !== '');
  return [rule, visible(secret ?? masked), place, about.join('  ')];
}

/** The words "no findings" only where everything was looked at. */
function conclusion({ findings, summary }: RepositoryReport): string {
  const leaks = findings.filter(isLeak).length;
  const gaps = (summary?.issues ?? []).some(({ harmless }) => !harmless);
  const text = leaks === 0 ? 'No findings' : count(leaks, 'finding');
  return gaps ? `${text}, but not everything could be looked at.` : `${text}.`;
}

function countsText(counts: ScanCounts, ms: number): string {
  const read = counts.scanned + counts.cached;
  const parts = [
    `${count(read, 'content')} looked at (${size(counts.scannedBytes)} read, ${number(counts.cached)} from the cache)`,
    `${count(counts.files, 'file')}`,
    ...(counts.commits > 0 ? [count(counts.commits, 'commit')] : []),
    ...(counts.binary > 0 ? [`${number(counts.binary)} binary`] : []),
    ...(counts.tooBig > 0 ? [`${number(counts.tooBig)} too large`] : []),
    ...(counts.missing > 0 ? [`${number(counts.missing)} missing`] : []),
    ...(counts.unreadable > 0 ? [`${number(counts.unreadable)} damaged`] : []),
    ...(counts.timedOut > 0 ? [`${number(counts.timedOut)} given up for time`] : []),
    ...(counts.notFollowed > 0 ? [`${number(counts.notFollowed)} not followed`] : []),
  ];
  return `${parts.join(', ')}, in ${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s.`;
}

/** What a report leaves out is said, and by whom: a hostile repository may hide its leaks. */
function hiddenText(findings: readonly ReportFinding[]): string {
  const words = {
    inline: 'by a comment in the file',
    repository: "by the repository's own .keybench.toml",
    user: 'by your own rules',
    baseline: 'by the baseline',
  };
  const parts = Object.entries(words).flatMap(([by, text]) => {
    const n = findings.filter((one) => one.mark === null && one.suppressed === by).length;
    return n === 0 ? [] : [`${number(n)} ${text}`];
  });
  const marked = findings.filter((one) => one.mark !== null).length;
  if (marked > 0) parts.push(`${number(marked)} marked in the app`);
  return parts.length === 0 ? '' : `Not shown: ${parts.join(', ')}. JSON, CSV and SARIF list them.`;
}

function totals(repositories: readonly RepositoryReport[]): string {
  const leaks = repositories.reduce((sum, { findings }) => sum + findings.filter(isLeak).length, 0);
  const failed = repositories.filter(({ error }) => error !== '').length;
  const scanned = `${count(repositories.length, 'repository', 'repositories')}: ${count(leaks, 'finding')}`;
  return failed === 0 ? `${scanned}.` : `${scanned}; ${number(failed)} could not be scanned.`;
}

const number = (n: number) => n.toLocaleString('en-US');
const count = (n: number, one: string, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

function size(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

function day(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
