// The objects that commits after a revision have brought: what a scan of a branch reads instead of everything.
import { CHECK_FORMAT } from '../git/allowed-commands.ts';
import { CheckLines, listObjects } from '../git/list-objects.ts';
import { type ObjectList, ObjectListBuilder } from '../git/object-list.ts';
import { gitFailure, startGit, streamGit } from '../git/recipe.ts';
import type { Repository } from '../git/repository.ts';
import { OidTable } from './oid-table.ts';

const NEWLINE = 10;
const QUESTION_MARK = 0x3f;

/** Objects that were asked for by their ids. */
export interface Described {
  objects: ObjectList;
  /** How many are not there. */
  missing: number;
}

/**
 * Of all refs and reflogs without what `since` (a commit's id) reaches, and the objects `more`.
 * @throws AppError SCAN_FAILED; the signal's reason.
 */
export async function listObjectsSince(
  repo: Repository,
  since: string,
  more: readonly string[],
  signal: AbortSignal,
): Promise<Described> {
  const named = new Set(more);
  const missing = new Set<string>();
  let rest: Buffer = Buffer.alloc(0);
  const hex = repo.oidBytes * 2;
  const walk = await streamGit(
    repo,
    'rev-list',
    ['--objects', '--missing=print', '--all', '--reflog', `^${since}`],
    { signal },
    (chunk) => {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let from = 0;
      // `<oid>` or `<oid> <path>`, or `?<oid>` for what is missing.
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
        if (bytes[from] === QUESTION_MARK) missing.add(bytes.toString('latin1', from + 1, from + 1 + hex));
        else named.add(bytes.toString('latin1', from, from + hex));
        from = end + 1;
      }
      rest = bytes.subarray(from);
    },
  );
  if (walk.code !== 0) throw gitFailure(repo, walk);
  // An object that is also staged is asked for once.
  for (const oid of named) if (missing.has(oid)) named.delete(oid);
  const described = await describeObjects(repo, [...named], signal);
  return { objects: described.objects, missing: described.missing + missing.size };
}

/** Types and sizes of the named objects. */
export async function describeObjects(
  repo: Repository,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Described> {
  const list = new ObjectListBuilder(repo.oidBytes);
  if (ids.length === 0) return { objects: list.done(), missing: 0 };
  // A git that may not fetch dies at an object that was left at the server, whatever it was asked about it.
  if (repo.partial) return chosenFrom(await listObjects(repo, { signal }), ids);
  const lines = new CheckLines(list, repo.oidBytes * 2);
  const git = await startGit(repo, 'cat-file', ['--buffer', CHECK_FORMAT], { signal, input: true });
  git.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
  git.stdin?.end(`${ids.join('\n')}\n`);
  const end = await git.end;
  signal.throwIfAborted();
  if (end.code !== 0) throw gitFailure(repo, end);
  const objects = list.done();
  // It was not listed by git but named by us, so it is not there; `missing` is all that git says of a damaged one, too.
  return { objects: { ...objects, unreadable: [] }, missing: objects.unreadable.length };
}

function chosenFrom(all: ObjectList, ids: readonly string[]): Described {
  const wanted = new OidTable(all.oidBytes, ids.length);
  for (const id of ids) wanted.add(Buffer.from(id, 'hex'), 0, 0);
  const indexes: number[] = [];
  for (let index = 0; index < all.length; index++)
    if (wanted.has(all.oids, index * all.oidBytes)) indexes.push(index);
  const unreadable = all.unreadable.filter((id) => wanted.has(Buffer.from(id, 'hex'), 0));
  const objects = {
    length: indexes.length,
    oidBytes: all.oidBytes,
    oids: new Uint8Array(new SharedArrayBuffer(indexes.length * all.oidBytes)),
    types: new Uint8Array(new SharedArrayBuffer(indexes.length)),
    sizes: new Float64Array(new SharedArrayBuffer(indexes.length * 8)),
    unreadable,
  };
  for (const [at, index] of indexes.entries()) {
    objects.oids.set(all.oids.subarray(index * all.oidBytes, (index + 1) * all.oidBytes), at * all.oidBytes);
    objects.types[at] = all.types[index] ?? 0;
    objects.sizes[at] = all.sizes[index] ?? 0;
  }
  return { objects, missing: wanted.size - indexes.length - unreadable.length };
}
