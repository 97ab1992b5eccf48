// Repositories made by plain git in a temp folder: same author, dates and branch name on every machine, and nothing of
// the user's own configuration.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Epoch seconds of the first commit; each further one is a minute later. */
const FIRST = Date.UTC(2024, 0, 2, 3, 4, 5) / 1000;

export interface CommitOptions {
  author?: string;
  email?: string;
  /** Epoch ms of author and committer date. */
  at?: number;
}

export interface GitRepo {
  /** Work tree; the git directory itself for a bare repository. */
  readonly path: string;
  readonly gitDir: string;
  /** A temp folder around the repository, for remotes, worktrees and the like; gone with `remove()`. */
  readonly around: string;
  /** Path from the work tree's root, folders are made; a Buffer where it is not UTF-8. */
  write(file: string | Buffer, content: string | Uint8Array): void;
  /** Adds everything but ignored files and commits it. Gives the commit's oid. */
  commit(message: string, options?: CommitOptions): string;
  /** Standard output without its last newline. Throws with git's own words when it fails. */
  git(...args: string[]): string;
  /** The same with bytes in and out, other variables, or in another folder. */
  run(args: readonly string[], options?: RunOptions): Buffer;
  remove(): void;
}

export interface RunOptions {
  input?: string | Uint8Array;
  env?: Record<string, string>;
  cwd?: string;
}

export interface RepoOptions {
  bare?: boolean;
  objectFormat?: 'sha1' | 'sha256';
  /** Name of its folder. */
  name?: string;
}

/** An empty repository on branch `main`. */
export function createRepo({
  bare = false,
  objectFormat = 'sha1',
  name = 'repo',
}: RepoOptions = {}): GitRepo {
  const around = realpathSync(mkdtempSync(path.join(tmpdir(), 'keybench-git-')));
  const home = path.join(around, 'home');
  const folder = path.join(around, name);
  mkdirSync(home);
  mkdirSync(folder);
  let clock = FIRST;

  const run = (args: readonly string[], { input, env, cwd = folder }: RunOptions = {}): Buffer =>
    execFileSync('git', ['-c', 'init.defaultBranch=main', '-c', 'gc.auto=0', ...args], {
      cwd,
      env: { ...environment(home, clock), ...env },
      maxBuffer: 1 << 30,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...(input === undefined ? {} : { input }),
    });

  run(['init', '-q', `--object-format=${objectFormat}`, ...(bare ? ['--bare'] : [])]);

  return {
    path: folder,
    gitDir: bare ? folder : path.join(folder, '.git'),
    around,
    write(file, content) {
      const at = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(file)]);
      mkdirSync(at.subarray(0, at.lastIndexOf(0x2f)), { recursive: true });
      writeFileSync(at, content);
    },
    commit(message, { author, email, at } = {}) {
      const env: Record<string, string> = {};
      if (author !== undefined) env.GIT_AUTHOR_NAME = author;
      if (email !== undefined) env.GIT_AUTHOR_EMAIL = email;
      if (at !== undefined) {
        env.GIT_AUTHOR_DATE = `${Math.floor(at / 1000)} +0000`;
        env.GIT_COMMITTER_DATE = env.GIT_AUTHOR_DATE;
      }
      run(['add', '--all']);
      run(['commit', '-q', '--allow-empty', '--allow-empty-message', '-m', message], { env });
      clock += 60;
      return run(['rev-parse', 'HEAD']).toString().trim();
    },
    git: (...args) => run(args).toString().replace(/\n$/, ''),
    run,
    remove: () => rmSync(around, { recursive: true, force: true }),
  };
}

function environment(home: string, clock: number): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    LC_ALL: 'C',
    GIT_AUTHOR_NAME: 'Ada Example',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_AUTHOR_DATE: `${clock} +0000`,
    GIT_COMMITTER_NAME: 'Ada Example',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
    GIT_COMMITTER_DATE: `${clock} +0000`,
  };
}
