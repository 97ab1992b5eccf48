// What a reader must know before trusting a result, as sentences. A result that cannot be called clean says so here.
import type { Finding, ScanCounts, ScanIssue, ScanProfile } from '../model.ts';

export interface IssueFacts {
  profile: ScanProfile;
  counts: ScanCounts;
  shallow: boolean;
  partial: boolean;
  /** Names of submodules. */
  submodules: readonly string[];
  /** Sentences about configuration files. */
  problems: readonly string[];
  findings: readonly Pick<Finding, 'suppressed'>[];
  /** More was found than is kept. */
  cut: boolean;
  /** The working tree has more files than are looked at. */
  filesCut: boolean;
  /** There is nothing in it that could be scanned: no commit, no file; or nothing is staged. */
  empty: boolean;
  maxBlob: number;
}

const MEGABYTE = 1 << 20;
const NAMED = 5;
/** Sentences about configuration files: a hostile one could give thousands. */
const TOLD = 20;

export function scanIssues(facts: IssueFacts): ScanIssue[] {
  const { counts, profile } = facts;
  const issues: ScanIssue[] = [];
  const add = (kind: ScanIssue['kind'], harmless: boolean, text: string) =>
    issues.push({ kind, harmless, text });
  const count = (kind: ScanIssue['kind'], number: number, harmless: boolean, text: string) => {
    if (number > 0) add(kind, harmless, text);
  };

  if (counts.scanned + counts.cached === 0) add('nothing-scanned', facts.empty, nothingScanned(facts));
  if (facts.shallow && profile === 'history')
    add(
      'shallow',
      false,
      'This is a shallow clone: older commits are not here and were not scanned. Run git fetch --unshallow to get them.',
    );
  if (facts.partial && profile === 'history')
    add(
      'partial',
      false,
      'This is a partial clone: contents that were left at the server were not scanned. Scan a full clone to see them.',
    );
  count(
    'missing',
    counts.missing,
    false,
    `${contents(counts.missing)} named by the repository but not there, and not scanned.`,
  );
  count(
    'unreadable',
    counts.unreadable,
    false,
    `${contents(counts.unreadable)} damaged or could not be read, and not scanned. Look at the permissions of files; git fsck tells of damage.`,
  );
  count(
    'too-big',
    counts.tooBig,
    false,
    `${contents(counts.tooBig)} larger than ${Math.round((facts.maxBlob / MEGABYTE) * 10) / 10} MB and not scanned.`,
  );
  count(
    'timed-out',
    counts.timedOut,
    false,
    `On ${contents(counts.timedOut, '')} some rules took too long and were given up; they are tried again by the next scan.`,
  );
  count(
    'not-followed',
    counts.notFollowed,
    true,
    `${number(counts.notFollowed, 'link, device or pipe', 'links, devices and pipes')} in the working tree ${be(counts.notFollowed)} not followed.`,
  );
  count('submodules', facts.submodules.length, true, submodules(facts.submodules));
  const hidden = facts.findings.filter(
    ({ suppressed }) => suppressed === 'repository' || suppressed === 'inline',
  ).length;
  count(
    'suppressed',
    hidden,
    true,
    `${number(hidden, 'finding', 'findings')} ${be(hidden)} hidden by the repository's own .keybench.toml or by keybench:allow comments in it.`,
  );
  if (facts.cut)
    add(
      'cut',
      false,
      'There were more findings than can be listed; the rest was left out. Exclude folders of test data in .keybench.toml.',
    );
  if (facts.filesCut)
    add(
      'cut',
      false,
      'The working tree has more files than are looked at; the rest was not scanned. Remove what is not needed, or scan a smaller repository.',
    );
  for (const problem of facts.problems.slice(0, TOLD)) add('config', false, problem);
  const untold = facts.problems.length - TOLD;
  count(
    'config',
    untold,
    false,
    `${number(untold, 'more thing is', 'more things are')} wrong in the configuration files.`,
  );
  return issues;
}

function nothingScanned({ profile, empty, counts }: IssueFacts): string {
  if (profile === 'staged' && empty) return 'Nothing is staged, so there was nothing to scan.';
  if (empty) return 'The repository holds no commit and no file yet, so there was nothing to scan.';
  const left = counts.tooBig + counts.missing + counts.unreadable;
  return left > 0
    ? `Nothing was scanned: none of the ${number(left, 'content', 'contents')} could be read.`
    : 'Nothing was scanned, although the repository is not empty. Check the path and what was chosen to scan.';
}

function submodules(names: readonly string[]): string {
  const more = names.length > NAMED ? `, and ${names.length - NAMED} more` : '';
  const are = names.length === 1 ? 'is a submodule: a repository' : 'are submodules: repositories';
  return `${names.slice(0, NAMED).join(', ')}${more} ${are} of its own, not scanned with this one.`;
}

const be = (count: number) => (count === 1 ? 'was' : 'were');
const number = (count: number, one: string, many: string) => `${grouped(count)} ${count === 1 ? one : many}`;
const contents = (count: number, verb = ` ${be(count)}`) => `${number(count, 'content', 'contents')}${verb}`;

/** `12,345`, without loading the tables of languages for it. */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
