// Where and when contents came into the history: one walk of it, however many are wanted; further short ones only for
// what no branch or tag holds.
import { type LogCommit, LogParser, timeOf } from './log-parser.ts';
import { oidAt, packOids } from './object-list.ts';
import { shownPath } from './paths.ts';
import { readObjects } from './read-objects.ts';
import { gitFailure, runGit, startGit } from './recipe.ts';
import { listRefs } from './refs.ts';
import type { Repository } from './repository.ts';

/** The first of these that names an object is said: what is on a branch matters more than what is in a stash as well. */
export type Reached = 'history' | 'note' | 'stash' | 'reflog' | 'unreachable';

export interface Place {
  /** Bytes, and as people read them. Empty for commits and tags. */
  path: Buffer;
  shown: string;
  /** The oldest commit that brought this content to this path; `null`: a tag. */
  commit: string | null;
  author: string;
  email: string;
  /** Epoch ms of the author date. */
  at: number;
}

export interface Located {
  reached: Reached;
  /** Oldest first, at most 200. Empty: no commit holds it; it may be staged, or was. */
  places: Place[];
}

export interface Location {
  /** An entry for each wanted object. */
  objects: Map<string, Located>;
  /** False: git could not walk all of the history (damaged, or cut off by a clone); places may be missing. */
  complete: boolean;
  /** Commits that were walked. */
  commits: number;
}

export interface LocateOptions {
  /** Object id of a commit: only commits that cannot be reached from it count. See `resolveRevision`. */
  since?: string | null;
  /** Packed ids of all commits there are: with them also places in unreachable ones are found. */
  commits?: Uint8Array | null;
  signal?: AbortSignal | undefined;
  /** Called now and then with the number of commits seen. */
  onProgress?: (commits: number) => void;
}

/** A content may stand at any number of paths; a report names some. */
const MAX_PLACES = 200;
const PROGRESS_EVERY = 2048;

/**
 * Places of the wanted objects (blobs, commits, tags; hexadecimal ids).
 * @throws AppError SCAN_FAILED; the signal's reason.
 */
export async function locate(
  repo: Repository,
  wanted: Iterable<string>,
  options: LocateOptions = {},
): Promise<Location> {
  const walk = new Walk(repo, wanted, options);
  const not = options.since ? [`^${options.since}`] : [];
  await walk.log('history', ['--exclude=refs/stash', '--exclude=refs/notes/*', '--all', ...not]);
  if (walk.open) await walk.namedTags();
  if (walk.open && (await listRefs(repo, ['refs/notes'], options)).length > 0)
    await walk.log('note', ['--glob=refs/notes/*', ...not]);
  if (walk.open) {
    const stashed = await stashCommits(repo, options.signal);
    if (stashed.length > 0) await walk.log('stash', ['--no-walk=unsorted', '--stdin'], stashed);
  }
  if (walk.open) await walk.log('reflog', ['--reflog', '--not', '--exclude=refs/stash', '--all', ...not]);
  if (walk.open && options.commits && !options.since) await walk.unreachable(options.commits);
  return walk.location();
}

class Walk {
  readonly #repo: Repository;
  readonly #options: LocateOptions;
  /** What has no place yet. */
  readonly #open: Set<string>;
  readonly #found = new Map<string, { reached: Reached; places: Map<string, Place> }>();
  readonly #seen = new Set<string>();
  #commits = 0;
  #complete = true;

  constructor(repo: Repository, wanted: Iterable<string>, options: LocateOptions) {
    this.#repo = repo;
    this.#options = options;
    this.#open = new Set(wanted);
  }

  get open(): boolean {
    return this.#open.size > 0;
  }

  /** One walk; what it finds is not looked for by the next one. */
  async log(
    reached: Reached,
    args: readonly string[],
    stdin: readonly string[] | null = null,
  ): Promise<void> {
    const parser = new LogParser(this.#repo.oidBytes * 2, {
      onCommit: (oid, read) => {
        if (this.#options.commits) this.#seen.add(oid);
        if (this.#open.has(oid)) this.#add(oid, reached, NO_PATH, read());
        if (++this.#commits % PROGRESS_EVERY === 0) this.#options.onProgress?.(this.#commits);
      },
      onEntry: (oid, path, read) => {
        if (this.#open.has(oid)) this.#add(oid, reached, path, read());
      },
    });
    const { signal } = this.#options;
    const git = await startGit(this.#repo, 'log', args, { signal, input: stdin !== null, stallMs: 120_000 });
    let failure: unknown = null;
    git.stdout.on('data', (chunk: Buffer) => {
      try {
        if (failure === null) parser.push(chunk);
      } catch (error) {
        failure = error;
        git.kill();
      }
    });
    git.stdin?.end(stdin?.map((oid) => `${oid}\n`).join(''));
    const end = await git.end;
    if (failure !== null) throw failure;
    signal?.throwIfAborted();
    this.#close();
    if (end.stalled) throw gitFailure(this.#repo, end);
    // A damaged history ends the walk early; what was found until then is true.
    if (end.code !== 0) this.#complete = false;
  }

  /** Annotated tags are not walked through: they are asked for by name. */
  async namedTags(): Promise<void> {
    const refs = await listRefs(this.#repo, ['refs/tags'], this.#options);
    await this.#readTags(
      'history',
      refs.map(({ oid }) => oid).filter((oid) => this.#open.has(oid)),
    );
  }

  /** Commits that nothing names, and the contents they brought; and tags that nothing names. */
  async unreachable(commits: Uint8Array): Promise<void> {
    const { oidBytes } = this.#repo;
    const lost: string[] = [];
    for (let index = 0; index < commits.length / oidBytes; index++) {
      const oid = oidAt(commits, oidBytes, index);
      if (!this.#seen.has(oid)) lost.push(oid);
    }
    if (lost.length > 0) await this.log('unreachable', ['--no-walk=unsorted', '--stdin'], lost);
    await this.#readTags('unreachable', [...this.#open]);
  }

  location(): Location {
    const objects = new Map<string, Located>();
    for (const [oid, { reached, places }] of this.#found)
      objects.set(oid, { reached, places: [...places.values()].sort((a, b) => a.at - b.at) });
    // Where the walk broke off, the worse is assumed.
    const reached = this.#complete ? 'unreachable' : 'history';
    for (const oid of this.#open) objects.set(oid, { reached, places: [] });
    return { objects, complete: this.#complete, commits: this.#commits };
  }

  #add(oid: string, reached: Reached, path: Buffer, { oid: commit, author, email, at }: Commit): void {
    let found = this.#found.get(oid);
    if (!found) {
      found = { reached, places: new Map() };
      this.#found.set(oid, found);
    }
    const key = path.toString('latin1');
    const known = found.places.get(key);
    // The log goes from new to old, but for dates that lie: of equal ones the later seen is the older.
    if (known && known.at < at) return;
    if (!known && found.places.size >= MAX_PLACES) {
      const [newest] = found.places.keys();
      if (newest !== undefined) found.places.delete(newest);
    }
    found.places.set(key, { path: Buffer.from(path), shown: shownPath(path), commit, author, email, at });
  }

  #close(): void {
    for (const oid of this.#found.keys()) this.#open.delete(oid);
  }

  async #readTags(reached: Reached, oids: readonly string[]): Promise<void> {
    if (oids.length === 0) return;
    await readObjects(this.#repo, packOids(oids, this.#repo.oidBytes), {
      onObject: (oid, type, content) => {
        if (type === 'tag') this.#add(oid, reached, NO_PATH, { oid: null, ...taggerOf(content) });
      },
      onMissing: () => {},
      onUnreadable: () => {},
      maxBytes: MAX_TAG,
      signal: this.#options.signal,
    });
    this.#close();
  }
}

const NO_PATH = Buffer.alloc(0);
const MAX_TAG = 1 << 20;

type Commit = Omit<LogCommit, 'oid' | 'parents'> & { oid: string | null };

function taggerOf(content: Uint8Array): Omit<Commit, 'oid'> {
  const [head = ''] = Buffer.from(content.buffer, content.byteOffset, content.length)
    .toString('utf8')
    .split('\n\n', 1);
  const [, author = '', email = '', seconds = '0'] = /^tagger (.*?) ?<(.*?)> (\d+)/m.exec(head) ?? [];
  return { author, email, at: timeOf(seconds) };
}

/** Each stash is a merge of what was checked out, the index and, with -u, a commit of the untracked files. */
async function stashCommits(repo: Repository, signal: AbortSignal | undefined): Promise<string[]> {
  if ((await listRefs(repo, ['refs/stash'], { signal })).length === 0) return [];
  const said = await runGit(repo, 'rev-list', ['--walk-reflogs', '--parents', 'refs/stash'], { signal });
  const commits = new Set<string>();
  for (const line of said.toString().split('\n')) {
    const [stash, , ...others] = line.split(' ');
    for (const oid of [stash, ...others]) if (oid) commits.add(oid);
  }
  return [...commits];
}
