// npm run bench -- scan [--repo PATH]... [--rounds=3] [--size=600] [--jobs=N]: a full scan against its floor, the log
// that scanners of patches read, and against whichever of them are on PATH; interleaved, in one run. Without --repo a
// synthetic repository of --size MB is made.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figure, percentile, round } from './support/figure.ts';
import { type Cost, type MeasureOptions, measureProcess } from './support/measure-process.ts';
import { writeSyntheticRepo } from './support/synthetic-repo.ts';

const CHILD = fileURLToPath(new URL('./support/scan-child.ts', import.meta.url));
const GIT_ENV = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: os.devNull, LC_ALL: 'C' };
/** From which size of blobs the targets for large repositories hold. */
const LARGE = 500e6;

interface Step {
  name: string;
  run: () => Promise<Cost>;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      repo: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string', default: '3' },
      size: { type: 'string', default: '600' },
      jobs: { type: 'string', default: '' },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a whole number of at least 1.');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keybench-bench-'));
  try {
    const repos = values.repo.map((one) => path.resolve(one));
    if (repos.length === 0) {
      const synthetic = path.join(folder, 'synthetic.git');
      await writeSyntheticRepo(synthetic, Number(values.size));
      repos.push(synthetic);
    }
    const others = otherScanners(folder);
    for (const repo of repos) await measureRepo({ repo, rounds, jobs: values.jobs, folder, others });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

interface Job {
  repo: string;
  rounds: number;
  jobs: string;
  folder: string;
  others: ReturnType<typeof otherScanners>;
}

async function measureRepo({ repo, rounds, jobs, folder, others }: Job): Promise<void> {
  const name = path.basename(repo);
  const size = sizeOf(repo);
  figure('scan.repository', { repo: name, ...size, load: round(os.loadavg()[0] ?? 0) });
  const cache = path.join(folder, `cache-${name}`);
  const scan = (profile: string, cacheDir: string): Promise<Cost> =>
    measureProcess(process.execPath, [CHILD, repo, profile, cacheDir, jobs], { keep: true });
  const git = (rest: string[], options: MeasureOptions = {}) =>
    measureProcess('git', ['-C', repo, ...rest], { env: GIT_ENV, ...options });
  const steps: Step[] = [
    {
      name: 'floor',
      run: () => git(['log', '-p', '-U0', '--full-history', '--all', '--diff-filter=tuxdb']),
    },
    {
      name: 'keybench',
      run: () => {
        fs.rmSync(cache, { recursive: true, force: true });
        return scan('history', cache);
      },
    },
    { name: 'keybench.again', run: () => scan('history', cache) },
    { name: 'batch-check', run: () => git(['cat-file', '--batch-all-objects', '--batch-check']) },
    ...(size.bare ? [] : [{ name: 'keybench.worktree', run: () => scan('worktree', '') }]),
    ...others.map(({ name: other, args }) => ({ name: other, run: () => measureProcess(other, args(repo)) })),
  ];
  const costs = new Map<string, Cost[]>(steps.map((step) => [step.name, []]));
  for (let at = 0; at < rounds; at++) for (const step of steps) costs.get(step.name)?.push(await step.run());

  const median = (step: string, part: 'wallMs' | 'cpuMs') =>
    percentile(
      (costs.get(step) ?? []).map((cost) => cost[part]),
      0.5,
    );
  for (const [step, all] of costs) {
    const told = all[0]?.output ? (JSON.parse(all[0].output) as object) : {};
    figure(`scan.${step}`, {
      repo: name,
      wallMs: Math.round(median(step, 'wallMs')),
      cpuMs: Math.round(median(step, 'cpuMs')),
      peakMB: most(all, 'peakMB'),
      privateMB: most(all, 'privateMB'),
      code: all[0]?.code,
      ...told,
    });
  }
  const ratio = (a: string, b: string, part: 'wallMs' | 'cpuMs') => round(median(a, part) / median(b, part));
  const large = size.blobBytes > LARGE;
  figure('scan.ratio', {
    repo: name,
    wallToFloor: ratio('keybench', 'floor', 'wallMs'),
    cpuToFloor: ratio('keybench', 'floor', 'cpuMs'),
    againToBatchCheck: ratio('keybench.again', 'batch-check', 'wallMs'),
    ...Object.fromEntries(
      others.map((other) => [`wallTo_${other.name}`, ratio('keybench', other.name, 'wallMs')]),
    ),
    targets: large
      ? { wallToFloor: 0.3, cpuToFloor: 0.55, wallTo_gitleaks: 0.25, againToBatchCheck: 1.5 }
      : { wallMs: 1500, againToBatchCheck: 1.5 },
  });
}

const most = (all: readonly Cost[], part: 'peakMB' | 'privateMB') => {
  const values = all.map((cost) => cost[part]).filter((value) => value !== null);
  return values.length === 0 ? null : Math.round(Math.max(...values));
};

function sizeOf(repo: string) {
  const git = (...args: string[]) =>
    spawnSync('git', ['-C', repo, ...args], { env: GIT_ENV, encoding: 'utf8', maxBuffer: 1e9 }).stdout.trim();
  const sizes = git('cat-file', '--batch-all-objects', '--batch-check=%(objecttype) %(objectsize)')
    .split('\n')
    .filter((line) => line.startsWith('blob '))
    .map((line) => Number(line.slice(5)));
  return {
    commits: Number(git('rev-list', '--count', '--all')),
    blobs: sizes.length,
    blobBytes: sizes.reduce((sum, size) => sum + size, 0),
    bare: git('rev-parse', '--is-bare-repository') === 'true',
  };
}

/** Those on PATH, with the arguments of a scan of all history; the others are named. */
function otherScanners(folder: string) {
  const report = path.join(folder, 'other-report.json');
  const known = [
    { name: 'gitleaks', args: (repo: string) => ['git', repo, '--no-banner', '--exit-code=0', '-r', report] },
    {
      name: 'betterleaks',
      args: (repo: string) => ['git', repo, '--no-banner', '--exit-code=0', '-r', report],
    },
    {
      name: 'trufflehog',
      args: (repo: string) => ['git', `file://${repo}`, '--no-verification', '--no-update', '--json'],
    },
    { name: 'secretlint', args: (repo: string) => [`${repo}/**/*`] },
  ];
  const onPath = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
  const absent = known.filter(({ name }) => !onPath(name)).map(({ name }) => name);
  if (absent.length > 0) figure('scan.not-on-path', { names: absent });
  return known.filter(({ name }) => !absent.includes(name));
}

if (import.meta.main) await run(process.argv.slice(2));
