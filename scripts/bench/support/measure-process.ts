// What a whole tree of processes costs: wall and CPU time as bash's `time` keeps them, memory from /proc (Linux).
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Cost {
  wallMs: number;
  /** User and system time of the process and of all it has waited for. */
  cpuMs: number;
  /** Highest sum over all processes of what is theirs alone (anonymous), in MB; `null` without /proc. */
  privateMB: number | null;
  /** The same with their share of mapped files (PSS), e.g. git's pack files. */
  peakMB: number | null;
  code: number;
  /** Standard output when it was asked for. */
  output: string;
}

export interface MeasureOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Keep standard output; else it goes to /dev/null, where a pipe would slow a talkative process down. */
  keep?: boolean;
}

/** The script writes its figures to descriptor 3, so that they mix with nothing. `time` counts waited-for children. */
const SCRIPT = 'TIMEFORMAT="%R %U %S"; { time "$@" 2>/dev/null 4>&- ; } 2>&3';
const SAMPLE_MS = 100;

export function measureProcess(
  command: string,
  args: readonly string[],
  options: MeasureOptions = {},
): Promise<Cost> {
  const { promise, resolve, reject } = Promise.withResolvers<Cost>();
  const child = spawn('bash', ['-c', SCRIPT, 'bash', command, ...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', options.keep ? 'pipe' : 'ignore', 'ignore', 'pipe'],
  });
  let output = '';
  let times = '';
  child.stdout?.on('data', (data: Buffer) => {
    output += data;
  });
  child.stdio[3]?.on('data', (data: Buffer) => {
    times += data;
  });
  const peak = { privateMB: 0, peakMB: 0 };
  let seen = false;
  const timer = setInterval(() => {
    const now = memoryOf(child.pid ?? 0);
    if (!now) return;
    seen = true;
    peak.privateMB = Math.max(peak.privateMB, now.privateMB);
    peak.peakMB = Math.max(peak.peakMB, now.peakMB);
  }, SAMPLE_MS);
  child.on('error', reject);
  child.on('close', (code) => {
    clearInterval(timer);
    const [wall, user, system] = times.trim().split(/\s+/).map(Number);
    if (
      wall === undefined ||
      user === undefined ||
      system === undefined ||
      Number.isNaN(wall + user + system)
    )
      reject(new Error(`${command} could not be measured.`));
    else
      resolve({
        wallMs: wall * 1000,
        cpuMs: (user + system) * 1000,
        privateMB: seen ? peak.privateMB : null,
        peakMB: seen ? peak.peakMB : null,
        code: code ?? -1,
        output,
      });
  });
  return promise;
}

/** Of a process and all below it, from smaps_rollup (proc(5)). `null` where there is none. */
function memoryOf(root: number): { privateMB: number; peakMB: number } | null {
  let anonymous = 0;
  let pss = 0;
  let any = false;
  for (const pid of treeOf(root)) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      anonymous += kilobytes(rollup, 'Anonymous');
      pss += kilobytes(rollup, 'Pss');
      any = true;
    } catch {
      // It has ended meanwhile.
    }
  }
  return any ? { privateMB: anonymous / 1000, peakMB: pss / 1000 } : null;
}

const kilobytes = (rollup: string, name: string) =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) * 1.024;

function treeOf(root: number): number[] {
  const tree = [root];
  for (let at = 0; at < tree.length; at++) {
    try {
      for (const task of readdirSync(`/proc/${tree[at]}/task`)) {
        const children = readFileSync(`/proc/${tree[at]}/task/${task}/children`, 'utf8');
        tree.push(...children.split(' ').filter(Boolean).map(Number));
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return tree;
}
