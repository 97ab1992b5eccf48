// Contents of many objects through `cat-file --batch --buffer`, whatever state the repository is in.
import { AppError } from '../../../../preload/contract/app-error.ts';
import { BatchParser } from './batch-parser.ts';
import { type ObjectType, oidAt, packOids } from './object-list.ts';
import { type GitEnd, type GitProcess, gitFailure, startGit } from './recipe.ts';
import type { Repository } from './repository.ts';

export interface ReadHandlers {
  /**
   * `content` is valid until this returns, or until the promise it gives is settled; nothing more is read from git in
   * the meantime. What it throws ends the reading.
   */
  onObject(oid: string, type: ObjectType, content: Uint8Array): void | Promise<void>;
  /** Not there, also not for a fresh git. */
  onMissing(oid: string): void;
  /** Damaged. */
  onUnreadable(oid: string): void;
  /** Larger than `maxBytes`. */
  onTooBig?(oid: string, size: number): void;
  /** A guard: ask only for objects that the list says are smaller. */
  maxBytes?: number;
  signal?: AbortSignal | undefined;
  /** Milliseconds without output after which git is killed. */
  stallMs?: number;
}

/** Requests that are given to the pipe at once. */
const REQUESTS = 1024;
/** Each damaged or promised object costs a new git; after this many the rest counts as being like the last. */
const MAX_RESTARTS = 2000;
/** Each costs 30 s. */
const MAX_STALLS = 2;

/**
 * Reads the objects with the packed ids `oids`, in their order; only those that git could not give at first come at the
 * end, once more, from a fresh git: a repack may have moved them.
 * @throws AppError SCAN_FAILED when git stalls or cannot run at all; the signal's reason; what a handler throws.
 */
export async function readObjects(repo: Repository, oids: Uint8Array, handlers: ReadHandlers): Promise<void> {
  const again: string[] = [];
  const missing: string[] = [];
  const damaged: string[] = [];
  await new Reading(repo, handlers, { missing: again, damaged: again, promised: missing }).run(oids);
  if (again.length > 0)
    await new Reading(repo, handlers, { missing, damaged, promised: missing }).run(
      packOids(again, repo.oidBytes),
    );
  for (const oid of missing) handlers.onMissing(oid);
  for (const oid of damaged) handlers.onUnreadable(oid);
}

interface Failed {
  missing: string[];
  damaged: string[];
  /** Left at the server by a partial clone. Nothing is fetched, and no fresh git knows better. */
  promised: string[];
}

/** How a git that may not fetch dies at a promised object. */
const PROMISED = /could not fetch [0-9a-f]+ from promisor remote/;

/** One way through a list, with as many gits as it takes. */
class Reading {
  readonly #repo: Repository;
  readonly #handlers: ReadHandlers;
  readonly #failed: Failed;
  /** Answers so far; git answers in order, so this is also the place of the next one. */
  #done = 0;

  constructor(repo: Repository, handlers: ReadHandlers, failed: Failed) {
    this.#repo = repo;
    this.#handlers = handlers;
    this.#failed = failed;
  }

  async run(oids: Uint8Array): Promise<void> {
    const { oidBytes } = this.#repo;
    const length = oids.length / oidBytes;
    let stalls = 0;
    for (let restarts = 0; this.#done < length; restarts++) {
      const before = this.#done;
      const end = await this.#once(oids);
      if (this.#done === length) return;
      if (end.stalled && ++stalls > MAX_STALLS) throw gitFailure(this.#repo, end);
      // Nothing at all and no word about an object: it is not the object's fault.
      if (this.#done === before && before === 0 && restarts === 0) await this.#mustRun(end);
      // It dies at the first damaged object; that is the one it had not answered.
      const failed = PROMISED.test(end.stderr) ? this.#failed.promised : this.#failed.damaged;
      const given = restarts < MAX_RESTARTS ? this.#done + 1 : length;
      for (; this.#done < given; this.#done++) failed.push(oidAt(oids, oidBytes, this.#done));
    }
  }

  /** Does git work here if it is asked nothing? */
  async #mustRun(end: GitEnd): Promise<void> {
    const git = await startGit(this.#repo, 'cat-file', ['--batch'], {
      signal: this.#handlers.signal,
      input: true,
    });
    git.stdin?.end();
    git.stdout.resume();
    if ((await git.end).code !== 0) throw gitFailure(this.#repo, end);
  }

  async #once(oids: Uint8Array): Promise<GitEnd> {
    const { signal, stallMs, maxBytes } = this.#handlers;
    const git = await startGit(this.#repo, 'cat-file', ['--batch', '--buffer'], {
      signal,
      input: true,
      ...(stallMs === undefined ? {} : { stallMs }),
    });
    const parser = new BatchParser(
      {
        onObject: (oid, type, content) => {
          this.#done++;
          return this.#handlers.onObject(oid, type, content);
        },
        onMissing: (oid) => {
          this.#done++;
          this.#failed.missing.push(oid);
        },
        onTooBig: (oid, size) => {
          this.#done++;
          this.#handlers.onTooBig?.(oid, size);
        },
      },
      maxBytes,
    );
    const failure = deliver(git, parser);
    feed(git, oids, this.#done, this.#repo.oidBytes);
    const end = await git.end;
    const failed = await failure;
    if (failed) throw failed.error;
    signal?.throwIfAborted();
    return end;
  }
}

/** Resolves when all output has been handled; with what a handler threw. */
function deliver(git: GitProcess, parser: BatchParser): Promise<{ error: unknown } | null> {
  return new Promise((resolve) => {
    // Node resumes a paused output when the process has ended, so what comes meanwhile waits here: at most a pipe full.
    const waiting: Buffer[] = [];
    let busy = false;
    let ended = false;
    const fail = (error: unknown) => {
      waiting.length = 0;
      resolve({ error });
      // Else a paused output would keep the end waiting.
      git.stdout.destroy();
      git.kill();
    };
    const take = (chunk: Buffer) => {
      try {
        const waits = parser.push(chunk);
        if (!waits) return;
        busy = true;
        git.stdout.pause();
        waits.then(goOn, fail);
      } catch (error) {
        fail(error);
      }
    };
    const goOn = () => {
      busy = false;
      for (let chunk = waiting.shift(); chunk; chunk = busy ? undefined : waiting.shift()) take(chunk);
      if (busy) return;
      if (ended) resolve(null);
      else git.stdout.resume();
    };
    git.stdout.on('data', (chunk: Buffer) => {
      if (busy) waiting.push(chunk);
      else take(chunk);
    });
    void git.end.then(() => {
      ended = true;
      if (!busy) resolve(null);
    });
  });
}

/** Writes requests as fast as git takes them. */
function feed(git: GitProcess, oids: Uint8Array, from: number, oidBytes: number): void {
  const stdin = git.stdin;
  if (!stdin) throw new AppError('INTERNAL', 'git was started without an input.');
  const length = oids.length / oidBytes;
  let next = from;
  const more = () => {
    while (next < length) {
      const end = Math.min(length, next + REQUESTS);
      let lines = '';
      for (; next < end; next++) lines += `${oidAt(oids, oidBytes, next)}\n`;
      if (!stdin.write(lines, 'latin1')) {
        stdin.once('drain', more);
        return;
      }
    }
    stdin.end();
  };
  more();
}
