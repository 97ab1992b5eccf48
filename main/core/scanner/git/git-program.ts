// Which git is run, and whether it is new enough.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../../../preload/contract/app-error.ts';

/** 2.32 is the first that can be told to read no configuration of the user (GIT_CONFIG_GLOBAL). */
const OLDEST = [2, 32] as const;

const INSTALL = 'Install git from https://git-scm.com or with your package manager, then scan again.';

/** Absolute: a `git` in the working directory or in a relative folder of PATH is never run. */
export function findGit(searchPath: string, platform: NodeJS.Platform = process.platform): string | null {
  const names = platform === 'win32' ? ['git.exe'] : ['git'];
  for (const folder of searchPath.split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    for (const name of names) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // The next one.
      }
    }
  }
  return null;
}

/** The sentence for people when this `git --version` cannot be used; `null` when it can. */
export function versionProblem(said: string): string | null {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(said) ?? [];
  if (major === undefined) return `The program git does not say its version. ${INSTALL}`;
  const [oldMajor, oldMinor] = OLDEST;
  if (Number(major) > oldMajor || (Number(major) === oldMajor && Number(minor) >= oldMinor)) return null;
  return `git ${major}.${minor} is too old to read repositories safely; ${OLDEST.join('.')} or newer is needed. ${INSTALL}`;
}

const checked = new Map<string, Promise<string>>();

/**
 * The git to run: found on PATH once, its version looked at once per thread.
 * @throws AppError SCAN_FAILED when there is none or it is too old.
 */
export function usableGit(env: Readonly<Record<string, string>>): Promise<string> {
  const searchPath = env.PATH ?? '';
  let known = checked.get(searchPath);
  if (!known) {
    known = look(searchPath, env);
    checked.set(searchPath, known);
    // Installed meanwhile: the next scan looks again.
    known.catch(() => checked.delete(searchPath));
  }
  return known;
}

async function look(searchPath: string, env: Readonly<Record<string, string>>): Promise<string> {
  const program = findGit(searchPath);
  if (!program) throw new AppError('SCAN_FAILED', `The program git was not found. ${INSTALL}`);
  const said = await new Promise<string>((resolve) => {
    execFile(program, ['--version'], { env, cwd: path.parse(program).root, timeout: 20_000 }, (_, stdout) =>
      resolve(stdout),
    );
  });
  const problem = versionProblem(said);
  if (problem) throw new AppError('SCAN_FAILED', problem);
  return program;
}
