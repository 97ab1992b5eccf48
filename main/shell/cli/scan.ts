// keybench scan: keys in repositories, for people, for scripts and for the commit hook.
import path from 'node:path';
import type { CommandScan, Report, ScanPathsOptions } from '../../core/create-scan.ts';
import { type CommandContext, defineCommand, type ExitCode } from './command.ts';
import type { Output } from './output.ts';
import { type Baseline, readScanFlags, type ScanFlags } from './scan-flags.ts';
import { createScanProgress } from './scan-progress.ts';

/** A keychain that takes longer is not waited for. */
const KEYS_MS = 10_000;
/** A commit is checked in 300 ms. This much is waited once the rules are through; the keychain was asked long before. */
const HOOK_KEYS_MS = 80;
/** A scan that is stopped has this long to put its cache in order. */
const STOP_MS = 180;

export const scan = defineCommand({
  name: 'scan',
  summary: 'Look for keys in git repositories, everything ever committed included',
  usage: `Usage: keybench scan PATH… [options]

PATH is a repository, a folder in one, or a folder that contains some.

  --history          everything ever committed, what is staged and the working tree (default)
  --worktree         the files of the working tree only
  --staged           what is staged only
  --since REV        only commits that REV does not hold; with --history
  --format FORMAT    text (default), json, sarif or csv; --json is --format json
  --output FILE      write the report there, readable by you alone
  --baseline FILE    findings in this file are known and not told again
  --update-baseline  write what is found into the baseline
  --rules FILE       more rules and allow lists, as in .keybench.toml
  --no-known-keys    do not look for the keys that Keybench holds
  --jobs N           threads (default: one per core, at most 4)
  --max-blob SIZE    skip larger contents, e.g. 500k, 20M, 1G (default: as in the settings)
  --no-cache         read everything again
  --fail-on WHICH    what ends with 1: any finding (default), high ones only, or none
  --trust            also scan repositories that belong to another user
  --show-secrets     show the secrets whole; only on a terminal

Files that git ignores, such as .env, are told as "local only" and do not count as findings.
Marks made in the app hold here too. A line with keybench:allow is left out, and counted.
Ends with 0: clean, 1: findings, 2: something could not be scanned, 130: stopped with Ctrl C.`,
  options: {
    history: { type: 'boolean' },
    worktree: { type: 'boolean' },
    staged: { type: 'boolean' },
    since: { type: 'string' },
    format: { type: 'string' },
    output: { type: 'string', short: 'o' },
    baseline: { type: 'string' },
    'update-baseline': { type: 'boolean' },
    rules: { type: 'string' },
    'no-known-keys': { type: 'boolean' },
    jobs: { type: 'string' },
    'max-blob': { type: 'string' },
    'no-cache': { type: 'boolean' },
    'fail-on': { type: 'string' },
    trust: { type: 'boolean' },
    'show-secrets': { type: 'boolean' },
    // As the commit hook calls it: in a hurry, and silent when all is well.
    hook: { type: 'boolean' },
  },
  before: async (context, { values, positionals }) => {
    const flags = readScanFlags(values, positionals, context.out.json);
    if (flags.reveal)
      context.out.note('Beware: secrets are shown whole from here on. Clear the screen when you are done.');
    return runScan(context, flags);
  },
});

async function runScan(
  { out, signal, dataDir }: Pick<CommandContext, 'out' | 'signal' | 'dataDir'>,
  flags: ScanFlags,
): Promise<ExitCode> {
  const [{ createScan }, { forkKeytarProcess }, { version }] = await Promise.all([
    import('../../core/create-scan.ts'),
    import('../../core/keys/fork-keytar.ts'),
    import('../version.ts'),
  ]);
  const progress = createScanProgress(process.stderr, out.live && !flags.hook);
  const command = createScan({
    dataDir,
    version: version(),
    spawnKeytar: () => forkKeytarProcess(KEYTAR),
    knownKeysWithin: flags.knownKeys ? (flags.hook ? HOOK_KEYS_MS : KEYS_MS) : null,
    here: flags.profile === 'staged',
    hurry: flags.hook,
    onProgress: progress.show,
    onNote: (sentence, late) => {
      // Before each commit only what went wrong this time is worth a line.
      if (flags.hook ? late : out.live) progress.note(sentence);
    },
  });
  try {
    const baseline = await flags.readBaseline();
    const options = await optionsOf(flags, baseline, command, dataDir);
    const report = await unlessStopped(command.run(options, signal), signal);
    progress.end();
    if (report === null) return 130;
    const final = flags.updateBaseline ? await flags.writeBaseline(report, baseline) : report;
    await tell(final, flags, out);
    return exitCode(final, flags);
  } finally {
    progress.end();
    command.close();
  }
}

const KEYTAR = path.resolve(import.meta.dirname, '../../core/keys/keytar-process.ts');

async function optionsOf(
  flags: ScanFlags,
  baseline: Baseline,
  { defaults, genericRules, userRules }: CommandScan,
  dataDir: string,
): Promise<ScanPathsOptions> {
  const [own, enable] = await Promise.all([userRules(), defaults.genericRule ? genericRules() : []]);
  return {
    paths: flags.paths,
    profile: flags.profile,
    since: flags.since,
    indexFile: flags.indexFile,
    trusted: flags.trust,
    jobs: flags.jobs ?? (defaults.jobs || null),
    maxBlob: flags.maxBlob ?? defaults.maxBlobMb * 1024 * 1024,
    ignored: defaults.ignored,
    rules: { configs: [...own, ...(await flags.readRules())], enable, disable: [] },
    baseline: baseline.map(({ fingerprint }) => fingerprint),
    reveal: flags.reveal,
    cacheDir: flags.cache ? path.join(dataDir, 'scan-cache') : null,
  };
}

/** `null`: stopped by the user. What does not end in time is ended with the process. */
async function unlessStopped(work: Promise<Report>, signal: AbortSignal): Promise<Report | null> {
  const stopped = new Promise<null>((resolve) => {
    const late = () => setTimeout(resolve, STOP_MS, null);
    if (signal.aborted) late();
    else signal.addEventListener('abort', late, { once: true });
  });
  const done = work.catch((error: unknown) => {
    if (signal.aborted) return null;
    throw error;
  });
  return Promise.race([done, stopped]);
}

async function tell(report: Report, flags: ScanFlags, out: Output): Promise<void> {
  const { isLeak, render } = await import('../../core/create-scan.ts');
  const leaks = report.repositories.flatMap(({ findings }) => findings.filter(isLeak)).length;
  const failed = report.repositories.filter((one) => couldNotScan(one));
  if (flags.hook) {
    if (leaks === 0 && failed.length === 0) return;
    for (const piece of render(report, 'text')) out.note(piece.trimEnd());
    out.note(
      leaks > 0
        ? 'The commit was stopped. Take the secret out and revoke it if it was ever shared. A false alarm is allowed with a comment keybench:allow on its line; git commit --no-verify passes the check by.'
        : 'The commit was stopped because what is staged could not be scanned. git commit --no-verify passes the check by.',
    );
    return;
  }
  if (flags.output !== null) {
    await flags.writeOutput(render(report, flags.format));
    if (out.live)
      out.note(`${leaks} ${leaks === 1 ? 'finding' : 'findings'}. The report is in ${flags.output}.`);
  } else for (const piece of render(report, flags.format)) await out.write(piece);
  if (flags.format === 'text' && flags.output === null) return;
  for (const { path, error } of failed) if (error !== '') out.note(`${path}: ${error}`);
}

type Scanned = Report['repositories'][number];

/** Nothing looked at is no clean result. */
function couldNotScan({ error, summary }: Scanned): boolean {
  if (error !== '' || summary === null) return true;
  return summary.issues.some(({ kind, harmless }) => kind === 'nothing-scanned' && !harmless);
}

async function exitCode({ repositories }: Report, { failOn }: ScanFlags): Promise<ExitCode> {
  const { isLeak } = await import('../../core/create-scan.ts');
  if (repositories.some(couldNotScan)) return 2;
  if (failOn === 'none') return 0;
  const leaks = repositories.flatMap(({ findings }) => findings.filter(isLeak));
  return leaks.some(({ severity }) => failOn === 'any' || severity === 'high') ? 1 : 0;
}
