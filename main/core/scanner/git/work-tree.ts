// Files of the work tree, read without git: a filter of the repository's configuration never runs, a link is never
// followed, a pipe or device never opened.
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { listIndex } from './index-files.ts';
import { isSafePath } from './paths.ts';
import { gitFailure, streamGit } from './recipe.ts';
import type { Repository } from './repository.ts';
import { ZeroTokens } from './zero-tokens.ts';

export interface WorkFile {
  /** From the work tree's root. */
  path: Buffer;
  /** `ignored`: local only, git leaves it out. */
  kind: 'tracked' | 'untracked' | 'ignored';
  /** What the index has for it. The file may have been changed since, or converted at check-out. */
  oid: string | null;
  size: number;
}

export interface WorkFiles {
  files: WorkFile[];
  /** Links, devices, pipes, files behind a linked folder, and paths that lead out of the work tree. */
  notFollowed: Buffer[];
  /** Folders that are repositories of their own. */
  nested: Buffer[];
  /** Files and folders that cannot be looked at: not ours, or their path is too long to be opened. */
  unreadable: number;
  /** There are more files than are listed. */
  cut: boolean;
}

export type FileContent =
  | { state: 'read'; content: Uint8Array }
  | { state: 'tooBig' | 'missing' | 'unreadable' | 'notFollowed' };

/** What a list or a read needs of a repository. */
type Tree = Pick<Repository, 'gitDir' | 'workTree'>;

const MAX_FILES = 200_000;
/** Large trees on slow drives; no output comes before a whole folder has been looked at. */
const STALL_MS = 120_000;
const SLASH = 0x2f;

/**
 * The files of the work tree with their sizes, at most `maxFiles`: tracked ones first. A file that was deleted is left out.
 * @throws AppError SCAN_FAILED; the signal's reason.
 */
export async function listFiles(
  repo: Tree,
  { signal, maxFiles = MAX_FILES }: { signal?: AbortSignal | undefined; maxFiles?: number } = {},
): Promise<WorkFiles> {
  const found: WorkFiles = { files: [], notFollowed: [], nested: [], unreadable: 0, cut: false };
  if (repo.workTree === null) return found;
  const [index, untracked, ignored] = await Promise.all([
    listIndex(repo, { signal }),
    listOthers(repo, [], maxFiles, signal),
    listOthers(repo, ['--ignored'], maxFiles, signal),
  ]);
  const add = (path: Buffer, kind: WorkFile['kind'], oid: string | null) => {
    if (found.files.length >= maxFiles) {
      found.cut = true;
      return;
    }
    const looked = look(repo.workTree ?? '', path);
    if (looked === 'notFollowed') found.notFollowed.push(path);
    else if (looked === 'unreadable') found.unreadable++;
    else if (looked !== 'missing') found.files.push({ path, kind, oid, size: looked.stat.size });
  };
  // Both lists say the same of a folder.
  found.unreadable = Math.max(untracked.closed, ignored.closed);
  let last: Buffer = Buffer.alloc(0);
  for (const { path, oid, mode } of index) {
    // The sides of a conflict are one file.
    if (mode !== SUBMODULE && !last.equals(path)) add(path, 'tracked', oid);
    last = path;
  }
  for (const [list, kind] of [
    [untracked, 'untracked'],
    [ignored, 'ignored'],
  ] as const) {
    found.cut ||= list.cut;
    for (const path of list.paths)
      if (path.at(-1) === SLASH) found.nested.push(path);
      else add(path, kind, null);
  }
  return found;
}

const SUBMODULE = 0o160000;

/** What git says of a folder it could not list; of very many only the last ones are counted. */
const CLOSED = /^warning: could not open directory /gm;

async function listOthers(
  repo: Tree,
  extra: readonly string[],
  max: number,
  signal: AbortSignal | undefined,
): Promise<{ paths: Buffer[]; closed: number; cut: boolean }> {
  const paths: Buffer[] = [];
  let cut = false;
  let closed = 0;
  const enough = new Error('enough');
  const tokens = new ZeroTokens((token) => {
    if (paths.length >= max) {
      cut = true;
      throw enough;
    }
    paths.push(Buffer.from(token));
  });
  try {
    const end = await streamGit(
      repo,
      'ls-files',
      ['--others', ...extra, '--exclude-standard'],
      { signal, stallMs: STALL_MS },
      (chunk) => tokens.push(chunk),
    );
    if (end.code !== 0) throw gitFailure(repo, end);
    closed = end.stderr.match(CLOSED)?.length ?? 0;
  } catch (error) {
    if (error !== enough) throw error;
  }
  return { paths, closed, cut };
}

/**
 * The content of one regular file of the work tree. Reads at once: for worker threads, or for one file.
 * Never throws: what cannot be read is said.
 */
export function readFile(
  repo: Tree,
  path: Uint8Array | string,
  { maxBytes = Number.POSITIVE_INFINITY }: { maxBytes?: number } = {},
): FileContent {
  if (repo.workTree === null) return { state: 'missing' };
  const looked = look(repo.workTree, Buffer.from(path as Uint8Array));
  if (typeof looked === 'string') return { state: looked };
  if (looked.stat.size > maxBytes) return { state: 'tooBig' };
  let fd: number;
  try {
    fd = openSync(
      looked.file,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { state: code === 'ENOENT' ? 'missing' : code === 'ELOOP' ? 'notFollowed' : 'unreadable' };
  }
  try {
    const stat = fstatSync(fd);
    // Another file has come in its place since.
    if (!stat.isFile() || stat.ino !== looked.stat.ino || stat.dev !== looked.stat.dev)
      return { state: 'notFollowed' };
    return readAll(fd, stat.size, maxBytes);
  } catch {
    return { state: 'unreadable' };
  } finally {
    closeSync(fd);
  }
}

/** A file that grows is read as far as it was when it was opened; one that shrinks, to its end. */
function readAll(fd: number, size: number, maxBytes: number): FileContent {
  if (size > maxBytes) return { state: 'tooBig' };
  const content = Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    const read = readSync(fd, content, length, size - length, null);
    if (read === 0) break;
    length += read;
  }
  return { state: 'read', content: content.subarray(0, length) };
}

/** A regular file that lies, without any link on the way, under the root. */
function look(
  root: string,
  path: Buffer,
): { file: Buffer; stat: Stats } | 'missing' | 'unreadable' | 'notFollowed' {
  if (!isSafePath(path)) return 'notFollowed';
  const base = Buffer.from(root.endsWith('/') ? root : `${root}/`);
  const file = Buffer.concat([base, path]);
  try {
    // `lstat` looks at the last part alone: an index can name files behind a folder that is a link.
    for (let at = file.indexOf(SLASH, base.length); at !== -1; at = file.indexOf(SLASH, at + 1))
      if (lstatSync(file.subarray(0, at)).isSymbolicLink()) return 'notFollowed';
    const stat = lstatSync(file);
    return stat.isFile() ? { file, stat } : 'notFollowed';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A folder has become a file; or it is not ours, or the path is too long.
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
  }
}
