// What the arguments of `keybench scan` mean, and the files they name.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Report, ReportFormat, RuleChoice, ScanProfile } from '../../core/create-scan.ts';
import { UsageError } from '../arguments.ts';

export type Baseline = { fingerprint: string; rule: string; path: string; reason: string }[];

export interface ScanFlags {
  paths: string[];
  profile: ScanProfile;
  since: string | null;
  format: ReportFormat;
  output: string | null;
  updateBaseline: boolean;
  knownKeys: boolean;
  jobs: number | null;
  /** Bytes. */
  maxBlob: number | null;
  cache: boolean;
  failOn: 'any' | 'high' | 'none';
  trust: boolean;
  reveal: boolean;
  hook: boolean;
  /** The index of the commit in the making. */
  indexFile: string | null;
  readRules(): Promise<RuleChoice['configs']>;
  readBaseline(): Promise<Baseline>;
  /** Gives the report with what is in the baseline now. */
  writeBaseline(report: Report, before: Baseline): Promise<Report>;
  writeOutput(pieces: Iterable<string>): Promise<void>;
}

type Values = Partial<Record<string, string | boolean | undefined>>;

const FORMATS = ['text', 'json', 'sarif', 'csv'] as const;
const FAIL_ON = ['any', 'high', 'none'] as const;

/** Throws `UsageError` with one sentence. */
export function readScanFlags(values: Values, paths: string[], json: boolean): ScanFlags {
  const text = (name: string) => (typeof values[name] === 'string' ? (values[name] as string) : null);
  const is = (name: string) => values[name] === true;
  const hook = is('hook');
  if (paths.length === 0)
    throw new UsageError('scan takes the path of a repository; for this folder: keybench scan .');
  const profiles = (['history', 'worktree', 'staged'] as const).filter(is);
  if (profiles.length > 1)
    throw new UsageError('--history, --worktree and --staged exclude each other; give one of them.');
  const profile = profiles[0] ?? (hook ? 'staged' : 'history');
  const since = text('since');
  if (since !== null && profile !== 'history') throw new UsageError('--since goes with --history only.');
  const format = json ? 'json' : oneOf('--format', text('format') ?? 'text', FORMATS);
  const output = text('output');
  const baseline = text('baseline');
  if (is('update-baseline') && baseline === null)
    throw new UsageError('--update-baseline needs --baseline FILE, which it writes.');
  if (is('show-secrets') && (process.stdout.isTTY !== true || output !== null || format !== 'text'))
    throw new UsageError(
      '--show-secrets shows secrets on a terminal only, as text: not in a file, a pipe or another format.',
    );
  return {
    paths,
    profile,
    since,
    format,
    output,
    updateBaseline: is('update-baseline'),
    knownKeys: !is('no-known-keys'),
    jobs: jobsOf(text('jobs')),
    maxBlob: sizeOf(text('max-blob')),
    cache: !is('no-cache') && !hook,
    failOn: oneOf('--fail-on', text('fail-on') ?? 'any', FAIL_ON),
    trust: is('trust'),
    reveal: is('show-secrets'),
    hook,
    indexFile: hook && process.env.GIT_INDEX_FILE ? path.resolve(process.env.GIT_INDEX_FILE) : null,
    readRules: () => readRules(text('rules')),
    readBaseline: () => readBaseline(baseline, is('update-baseline')),
    writeBaseline: (report, before) =>
      writeBaseline(baseline ?? '', report, before, profile === 'history' && since === null),
    writeOutput: (pieces) => writeFile(output ?? '', pieces),
  };
}

function oneOf<T extends string>(option: string, given: string, all: readonly T[]): T {
  const found = all.find((one) => one === given);
  if (found) return found;
  throw new UsageError(`${option} takes ${all.slice(0, -1).join(', ')} or ${all.at(-1)}.`);
}

function jobsOf(given: string | null): number | null {
  if (given === null) return null;
  const jobs = Number(given);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64)
    throw new UsageError('--jobs takes a number from 1 to 64.');
  return jobs;
}

const UNITS: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

function sizeOf(given: string | null): number | null {
  if (given === null) return null;
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([kmg]?)(?:i?b)?$/i.exec(given) ?? [];
  const bytes = Math.floor(Number(number) * (UNITS[unit.toLowerCase()] ?? 0));
  if (number === undefined || bytes < 1 || bytes > 2 ** 31)
    throw new UsageError('--max-blob takes a size up to 2G, such as 500k, 20M or 1G.');
  return bytes;
}

async function readRules(file: string | null): Promise<RuleChoice['configs']> {
  if (file === null) return [];
  const config = { from: 'option' as const, path: file, text: await readText('--rules', file) };
  const { ruleProblems } = await import('../../core/create-scan.ts');
  const [problem] = await ruleProblems(config);
  if (problem !== undefined) throw new UsageError(problem);
  return [config];
}

async function readBaseline(file: string | null, mayBeMissing: boolean): Promise<Baseline> {
  if (file === null) return [];
  const { baselines } = await import('../../core/create-scan.ts');
  const { readBaseline: parse } = await baselines();
  try {
    return parse(await fs.readFile(file, 'utf8'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined || error instanceof UsageError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && mayBeMissing) return [];
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UsageError(`There is no baseline ${file}. Make it with --update-baseline.`);
    throw error;
  }
}

async function writeBaseline(
  file: string,
  report: Report,
  before: Baseline,
  complete: boolean,
): Promise<Report> {
  const { baselines, isLeak } = await import('../../core/create-scan.ts');
  const { updateBaseline, writeBaseline: toText } = await baselines();
  const found = report.repositories.flatMap(({ findings }) =>
    findings.filter((one) => isLeak(one.suppressed === 'baseline' ? { ...one, suppressed: null } : one)),
  );
  // What could not be scanned may still hold what the baseline names.
  const whole = complete && report.repositories.every(({ error }) => error === '');
  await writeFile(file, [toText(updateBaseline(before, found, whole))]);
  const repositories = report.repositories.map((one) => ({
    ...one,
    findings: one.findings.map((finding) =>
      isLeak(finding) ? { ...finding, suppressed: 'baseline' as const } : finding,
    ),
  }));
  return { ...report, repositories };
}

async function readText(option: string, file: string): Promise<string> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch {
    throw new UsageError(`The file ${file} of ${option} cannot be read. Check its path.`);
  }
}

/** Whole or not at all. */
async function writeFile(file: string, pieces: Iterable<string>): Promise<void> {
  const part = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    const handle = await fs.open(part, 'wx', 0o600);
    try {
      for (const piece of pieces) await handle.write(piece);
    } finally {
      await handle.close();
    }
    await fs.rename(part, file);
  } catch (error) {
    await fs.rm(part, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `The file ${file} cannot be written (${code ?? 'unknown error'}). Check its folder.`,
    );
  }
}
