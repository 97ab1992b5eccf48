// Names of commits, asked over standard input, where no name can be taken for an option.
import { CHECK_FORMAT } from './allowed-commands.ts';
import { type GitPlace, gitFailure, startGit } from './recipe.ts';

/** Object id of the commit that `revision` names (`main`, `v1.2`, `HEAD~3`); `null` when there is none. */
export async function resolveRevision(
  place: GitPlace,
  revision: string,
  signal?: AbortSignal,
): Promise<string | null> {
  if (/[\n\0]/.test(revision)) return null;
  const git = await startGit(place, 'cat-file', [CHECK_FORMAT], { signal, input: true });
  git.stdin?.end(`${revision}^{commit}\n`);
  let said = '';
  git.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const end = await git.end;
  signal?.throwIfAborted();
  if (end.code !== 0) throw gitFailure(place, end);
  return /^([0-9a-f]{40,64}) commit \d+\n$/.exec(said)?.[1] ?? null;
}
