// The one place that starts git. A repository's own configuration can name programs to run in more than a dozen ways;
// the environment, the options and the list of allowed commands below leave none of them open. Measured: see
// test/main/core/scanner/git/hostile.test.ts, which arms each and counts what ran.
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { AppError } from '../../../../preload/contract/app-error.ts';
import { allowedArguments, type GitCommand } from './allowed-commands.ts';
import { usableGit } from './git-program.ts';

/** Where git works: both are always said, so that neither discovery nor `core.worktree` decides. */
export interface GitPlace {
  gitDir: string;
  /** `null`: a bare repository. */
  workTree: string | null;
}

export interface GitOptions {
  signal?: AbortSignal | undefined;
  /** Standard input is a pipe; without it there is none. */
  input?: boolean;
  /** Milliseconds without output after which it is killed. */
  stallMs?: number;
  /** Another index than the repository's own: what a pre-commit hook is given. */
  indexFile?: string | null | undefined;
}

export interface GitEnd {
  /** `null` when it was killed. */
  code: number | null;
  /** Its last words, at most 4 KB. */
  stderr: string;
  /** Killed because nothing came for too long. */
  stalled: boolean;
}

export interface GitProcess {
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  /** When the process is gone and its output read. Never rejects, and resolves also after `kill`. */
  readonly end: Promise<GitEnd>;
  kill(): void;
}

const STALL_MS = 30_000;
const STDERR_BYTES = 4096;

/** On Windows programs do not start without these. */
const PASSED_ON = process.platform === 'win32' ? ['PATH', 'SystemRoot', 'TEMP'] : ['PATH'];

const FIXED_ENVIRONMENT = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_TERMINAL_PROMPT: '0',
  // Configuration `protocol.file.allow=always` beats `-c protocol.allow=never`; nothing beats this.
  GIT_ALLOW_PROTOCOL: 'none',
  // Else refs/replace and info/grafts hide objects and history.
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null',
  LC_ALL: 'C',
};

const FIXED_OPTIONS = [
  '--no-pager',
  ...Object.entries({
    'core.fsmonitor': 'false',
    'core.hooksPath': '/dev/null',
    'core.pager': 'cat',
    'log.showSignature': 'false',
    // Paths that the configuration chooses and git opens: each may be a pipe that never ends.
    'core.attributesFile': '/dev/null',
    'core.excludesFile': '/dev/null',
    // The defaults of git: a hostile value would fill the memory.
    'core.deltaBaseCacheLimit': '96m',
    'core.bigFileThreshold': '512m',
    // By default whole packs are mapped, by each git anew: 555 MB for a pack of 500 MB. This takes 171 MB and 4 % more time.
    'core.packedGitWindowSize': '4m',
    'core.packedGitLimit': '128m',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
];

/**
 * Starts git. The arguments are checked against the list of allowed ones; no shell, no terminal, no working directory
 * of the repository.
 * @throws AppError SCAN_FAILED when git is missing or too old; the signal's reason when it has been aborted.
 */
export async function startGit(
  place: GitPlace,
  command: GitCommand,
  args: readonly string[],
  { signal, input = false, stallMs = STALL_MS, indexFile }: GitOptions = {},
): Promise<GitProcess> {
  const wanted = allowedArguments(command, args);
  const env = environment();
  const program = await usableGit(env);
  signal?.throwIfAborted();
  const child = spawn(
    program,
    [
      ...FIXED_OPTIONS,
      `--git-dir=${place.gitDir}`,
      `--work-tree=${place.workTree ?? place.gitDir}`,
      ...wanted,
    ],
    {
      // The root of the drive: with it no path is taken relative to a folder of the repository.
      cwd: path.parse(tmpdir()).root,
      env: indexFile ? { ...env, GIT_INDEX_FILE: indexFile } : env,
      stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
    },
  );
  const { stdin, stdout, stderr } = child;
  if (!(stdout instanceof Socket) || !stderr) throw new Error('git was started without its pipes');

  let words = '';
  let stalled = false;
  const kill = () => void child.kill('SIGKILL');
  const stall = watchForStall(stdout, stallMs, () => {
    stalled = true;
    kill();
  });
  stderr.setEncoding('latin1').on('data', (text: string) => {
    words = (words + text).slice(-STDERR_BYTES);
  });
  // Closed because git ended first; its exit code tells more.
  stdin?.on('error', () => {});
  stdout.on('error', () => {});
  signal?.addEventListener('abort', kill, { once: true });

  const end = new Promise<GitEnd>((resolve) => {
    const settle = (code: number | null) => {
      stall.stop();
      signal?.removeEventListener('abort', kill);
      resolve({ code, stderr: words, stalled });
    };
    child.on('error', (error) => {
      words ||= error.message;
      settle(null);
    });
    child.on('close', settle);
  });
  return { stdin, stdout, end, kill };
}

/** Runs git and hands over each piece of output as it comes. */
export async function streamGit(
  place: GitPlace,
  command: GitCommand,
  args: readonly string[],
  options: GitOptions,
  onChunk: (chunk: Buffer) => void,
): Promise<GitEnd> {
  const git = await startGit(place, command, args, options);
  let failure: { error: unknown } | null = null;
  git.stdout.on('data', (chunk: Buffer) => {
    if (failure) return;
    try {
      onChunk(chunk);
    } catch (error) {
      failure = { error };
      git.kill();
    }
  });
  const end = await git.end;
  if (failure) throw (failure as { error: unknown }).error;
  options.signal?.throwIfAborted();
  return end;
}

/** All output of a git that must succeed. For what is small by its nature. */
export async function runGit(
  place: GitPlace,
  command: GitCommand,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const end = await streamGit(place, command, args, options, (chunk) => chunks.push(chunk));
  if (end.code !== 0) throw gitFailure(place, end);
  return Buffer.concat(chunks);
}

/** The sentence for people when git gave up. */
export function gitFailure(place: GitPlace, end: GitEnd): AppError {
  const where = place.workTree ?? place.gitDir;
  if (end.stalled)
    return new AppError(
      'SCAN_FAILED',
      `git said nothing for too long while it read ${where}; something in the repository may be a pipe or lie on a drive that is gone.`,
    );
  const words = lastLine(end.stderr) || (end.code === null ? 'it was killed' : `it ended with ${end.code}`);
  return new AppError('SCAN_FAILED', `git could not read the repository at ${where}: ${words}.`);
}

function lastLine(stderr: string): string {
  const line = stderr.trim().split('\n').at(-1) ?? '';
  return line
    .replace(/[\x00-\x1f\x7f-\xff]+/g, ' ')
    .replace(/\.$/, '')
    .slice(0, 300);
}

/** From nothing: whatever `GIT_*` the caller has is left behind. */
function environment(): Record<string, string> {
  const env: Record<string, string> = { ...FIXED_ENVIRONMENT };
  for (const name of PASSED_ON) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

/** A reader that is itself busy or paused is no stall: time only counts while the stream could flow. */
function watchForStall(stdout: Socket, ms: number, onStall: () => void): { stop(): void } {
  let seen = 0;
  let since = performance.now();
  let suspected = false;
  const look = () => {
    if (stdout.bytesRead !== seen || stdout.isPaused()) {
      seen = stdout.bytesRead;
      since = performance.now();
      suspected = false;
    } else if (performance.now() - since >= ms) {
      // Timers run before input is polled: what came while this thread was busy is read before the next tick.
      if (suspected) onStall();
      suspected = true;
    }
  };
  const timer = setInterval(look, Math.max(10, ms / 4));
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
