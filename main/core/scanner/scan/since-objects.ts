// The objects that commits after a revision have brought: what a scan of a branch reads instead of everything.
import { CHECK_FORMAT } from '../git/allowed-commands.ts';
import { CheckLines } from '../git/list-objects.ts';
import { type ObjectList, ObjectListBuilder } from '../git/object-list.ts';
import { gitFailure, startGit, streamGit } from '../git/recipe.ts';
import type { Repository } from '../git/repository.ts';

const NEWLINE = 10;

/**
 * Of all refs and reflogs without what `since` (a commit's id) reaches, and the objects `more`.
 * @throws AppError SCAN_FAILED; the signal's reason.
 */
export async function listObjectsSince(
  repo: Repository,
  since: string,
  more: readonly string[],
  signal: AbortSignal,
): Promise<ObjectList> {
  const named = new Set(more);
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
        const at = bytes[from] === 0x3f ? from + 1 : from;
        named.add(bytes.toString('latin1', at, at + hex));
        from = end + 1;
      }
      rest = bytes.subarray(from);
    },
  );
  if (walk.code !== 0) throw gitFailure(repo, walk);
  return describeObjects(repo, [...named], signal);
}

/** Types and sizes of the named objects; those that are not there are among the unreadable ones. */
export async function describeObjects(
  repo: Repository,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ObjectList> {
  const list = new ObjectListBuilder(repo.oidBytes);
  if (ids.length === 0) return list.done();
  const lines = new CheckLines(list, repo.oidBytes * 2);
  const git = await startGit(repo, 'cat-file', ['--buffer', CHECK_FORMAT], { signal, input: true });
  git.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
  git.stdin?.end(`${ids.join('\n')}\n`);
  const end = await git.end;
  signal.throwIfAborted();
  if (end.code !== 0) throw gitFailure(repo, end);
  return list.done();
}
