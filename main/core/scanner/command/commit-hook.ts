// The pre-commit hook: where git will look for it, how it is put there beside one that is there already, and how it is
// taken away again. Git itself is not asked: nothing of the repository may run for this.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AppError } from '../../../../preload/contract/app-error.ts';
import { parseGitConfig } from '../git/git-config.ts';
import { findGitDirectory, type GitDirectory, isForeign, realFolder } from '../git/git-directory.ts';

const NAME = 'pre-commit';
/** What was there before; called first. */
const BEFORE = 'pre-commit.before-keybench';
/** By this line our own hook is known again. */
const MARK = '# keybench pre-commit hook';

export interface HookProgram {
  node: string;
  /** The command line's main file. */
  main: string;
  /** Compiled code is kept there: half of the time goes without it. Must be the user's alone. */
  compileCache: string;
}

export interface HookDeps {
  /** The user's and the machine's git configuration files, weakest first; they may not exist. */
  configFiles: readonly string[];
  trusted: boolean;
}

export interface HookResult {
  repository: string;
  file: string;
  /** `chained`: another hook was there and is called first. */
  state: 'installed' | 'updated' | 'chained' | 'removed' | 'restored' | 'absent';
}

/** `PATH_NOT_FOUND`, `NOT_A_REPOSITORY`, `FOREIGN_REPOSITORY`, `NOT_SUPPORTED` with what to do instead. */
export function installHook(given: string, program: HookProgram, deps: HookDeps): HookResult {
  const { repository, file, before } = hookPlace(given, deps);
  const now = readHook(file);
  if (now === 'other' && exists(before))
    throw new AppError(
      'NOT_SUPPORTED',
      `Both ${file} and ${before} are there and neither is the hook of Keybench. Look at them and delete the one you do not need.`,
    );
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (now === 'other') fs.renameSync(file, before);
  writeScript(file, script(program));
  const state = now === 'ours' ? 'updated' : exists(before) ? 'chained' : 'installed';
  return { repository, file, state };
}

/** The same errors. Leaves a hook alone that is not ours. */
export function removeHook(given: string, deps: HookDeps): HookResult {
  const { repository, file, before } = hookPlace(given, deps);
  if (readHook(file) !== 'ours') return { repository, file, state: 'absent' };
  if (!exists(before)) {
    fs.rmSync(file);
    return { repository, file, state: 'removed' };
  }
  fs.renameSync(before, file);
  return { repository, file, state: 'restored' };
}

function hookPlace(given: string, deps: HookDeps): { repository: string; file: string; before: string } {
  const folder = realFolder(path.resolve(given));
  if (folder === null)
    throw new AppError('PATH_NOT_FOUND', `There is no folder ${given} that can be read. Check the path.`);
  const found = findGitDirectory(folder);
  if (!found)
    throw new AppError('NOT_A_REPOSITORY', `Neither ${folder} nor a folder above it is a git repository.`);
  const { workTree } = found;
  if (workTree === null)
    throw new AppError('NOT_SUPPORTED', `${found.gitDir} is a bare repository: nobody commits in it.`);
  if (!deps.trusted && isForeign(found))
    throw new AppError(
      'FOREIGN_REPOSITORY',
      `The repository ${workTree} belongs to another user of this computer. With --trust the hook is put there all the same.`,
    );
  const hooks = hooksFolder(found, workTree, deps.configFiles);
  return { repository: workTree, file: path.join(hooks, NAME), before: path.join(hooks, BEFORE) };
}

/** As git finds it (but for files that a configuration includes): the repository's core.hooksPath, the user's, else its own folder. */
function hooksFolder(found: GitDirectory, workTree: string, configFiles: readonly string[]): string {
  const own = found.config.get('core.hookspath') ?? hooksPathIn(path.join(found.gitDir, 'config.worktree'));
  if (own === undefined) {
    const wide = configFiles.map(hooksPathIn).findLast((value) => value !== undefined);
    if (wide !== undefined)
      throw new AppError(
        'NOT_SUPPORTED',
        `core.hooksPath is set to ${wide} for all your repositories, so git would not run a hook of this one. Add keybench scan --hook . to the pre-commit there, or set core.hooksPath for this repository.`,
      );
    return path.join(found.commonDir, 'hooks');
  }
  const folder = path.resolve(workTree, own.replace(/^~(?=\/|$)/, os.homedir()));
  // What a repository says may not make us write anywhere else.
  const real = realPath(folder);
  if (![workTree, found.commonDir].some((root) => isInside(real, realPath(root))))
    throw new AppError(
      'NOT_SUPPORTED',
      `core.hooksPath of this repository is ${own}, outside of it. Add keybench scan --hook . to the pre-commit there yourself.`,
    );
  return folder;
}

function hooksPathIn(file: string): string | undefined {
  try {
    return parseGitConfig(fs.readFileSync(file, 'utf8')).get('core.hookspath');
  } catch {
    return undefined;
  }
}

/** Of what is there of it, links followed. */
function realPath(at: string): string {
  try {
    return fs.realpathSync(at);
  } catch {
    const parent = path.dirname(at);
    return parent === at ? at : path.join(realPath(parent), path.basename(at));
  }
}

const isInside = (at: string, root: string) => {
  const relative = path.relative(root, at);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
};

function readHook(file: string): 'ours' | 'other' | 'none' {
  if (!exists(file)) return 'none';
  try {
    return fs.readFileSync(file, 'utf8').includes(`\n${MARK}`) ? 'ours' : 'other';
  } catch {
    return 'other'; // a link to nowhere, say
  }
}

const exists = (file: string) => fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined;

function writeScript(file: string, text: string) {
  const part = `${file}.${randomUUID().slice(0, 8)}.part`;
  fs.writeFileSync(part, text, { flag: 'wx', mode: 0o755 });
  fs.chmodSync(part, 0o755);
  fs.renameSync(part, file);
}

function script({ node, main, compileCache }: HookProgram): string {
  return `#!/bin/sh
${MARK}: looks for keys in what is staged, before it is committed.
# Made by "keybench hook install", taken away by "keybench hook remove".
# To pass it by once: git commit --no-verify, or KEYBENCH_SKIP=1 git commit.

before="$(dirname -- "$0")/${BEFORE}"
if [ -x "$before" ]; then "$before" "$@" || exit $?; fi
[ "\${KEYBENCH_SKIP:-}" = 1 ] && exit 0

node=${quoted(node)}
main=${quoted(main)}
if [ ! -x "$node" ] || [ ! -f "$main" ]; then
  echo "Keybench is not where it was when this hook was made, so the commit was not checked for keys and was stopped." >&2
  echo "Run keybench hook install again, or pass the check by: git commit --no-verify." >&2
  exit 1
fi
NODE_COMPILE_CACHE=${quoted(compileCache)} exec "$node" --disable-sigusr1 "$main" scan --hook .
`;
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
