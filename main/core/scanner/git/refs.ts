// Names for commits: branches, tags and notes.
import { REF_FORMAT } from './allowed-commands.ts';
import { runGit } from './recipe.ts';
import type { Repository } from './repository.ts';

export interface Ref {
  /** Full: `refs/heads/main`. */
  name: string;
  oid: string;
  /** What it points at: `commit`, `tag`, rarely another type. */
  type: string;
  /** The commit, for an annotated tag too. */
  target: string;
}

interface SignalOption {
  signal?: AbortSignal | undefined;
}

/** All refs, or those under the given names. */
export async function listRefs(
  repo: Repository,
  under: readonly string[] = [],
  options: SignalOption = {},
): Promise<Ref[]> {
  const text = (await runGit(repo, 'for-each-ref', [REF_FORMAT, ...under], options)).toString();
  return text.split('\n').flatMap((line) => {
    const [, type, oid, target, name] = /^(\w+) ([0-9a-f]+) ([0-9a-f]*) (.+)$/.exec(line) ?? [];
    return type && oid && name ? [{ type, oid, name, target: target || oid }] : [];
  });
}
