// What is staged: the index whole, and what in it differs from HEAD.
import { type GitPlace, gitFailure, runGit, streamGit } from './recipe.ts';
import { resolveRevision } from './resolve-revision.ts';
import { ZeroTokens } from './zero-tokens.ts';

export interface IndexEntry {
  /** 0o100644, 0o100755, 0o120000 (link: its content is the target) or 0o160000 (submodule: not an object here). */
  mode: number;
  oid: string;
  /** 1 to 3 for the sides of a conflict. */
  stage: number;
  path: Buffer;
}

export interface IndexOptions {
  signal?: AbortSignal | undefined;
  /** The index of a commit in the making, as git gives it to hooks. */
  indexFile?: string | null | undefined;
}

/** All entries of the index, in its order. */
export async function listIndex(place: GitPlace, options: IndexOptions = {}): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = [];
  const tokens = new ZeroTokens((token) => {
    const tab = token.indexOf(9);
    const [mode = '', oid = '', stage = ''] = token.toString('latin1', 0, tab).split(' ');
    // A copy: the token is a part of a chunk that would else live as long.
    entries.push({
      mode: Number.parseInt(mode, 8),
      oid,
      stage: Number(stage),
      path: Buffer.from(token.subarray(tab + 1)),
    });
  });
  const end = await streamGit(place, 'ls-files', ['--stage'], options, (chunk) => tokens.push(chunk));
  if (end.code !== 0) throw gitFailure(place, end);
  return entries;
}

/** The entries that differ from HEAD (all of them before the first commit), without deletions and submodules. */
export async function listStaged(place: GitPlace, options: IndexOptions = {}): Promise<IndexEntry[]> {
  const head = await resolveRevision(place, 'HEAD', options.signal);
  if (head === null) return (await listIndex(place, options)).filter(({ mode }) => mode !== 0o160000);
  const entries = new Map<string, IndexEntry>();
  let entry: Omit<IndexEntry, 'path'> | null = null;
  const tokens = new ZeroTokens((token) => {
    if (!entry) {
      const [, mode = '', , oid = ''] = token.toString('latin1').split(' ');
      entry = { mode: Number.parseInt(mode, 8), oid, stage: 0 };
      return;
    }
    if (entry.mode !== 0 && entry.mode !== 0o160000)
      entries.set(token.toString('latin1'), { ...entry, path: Buffer.from(token) });
    entry = null;
  });
  tokens.push(await runGit(place, 'diff-index', [head], options));
  return [...entries.values()];
}
