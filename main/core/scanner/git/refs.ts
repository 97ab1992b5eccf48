// Names for commits: branches, tags and notes.
import { REF_FORMAT } from './allowed-commands.ts';
import { runGit } from './recipe.ts';
import type { Repository } from './repository.ts';

export interface Ref {
  /** Full: `refs/heads/main`. */
  name: string;
  oid: string;
  type: string;
}

interface SignalOption {
  signal?: AbortSignal | undefined;
}

/** All refs, or those that match what is passed on to `for-each-ref`. */
export async function listRefs(
  repo: Repository,
  args: readonly string[] = [],
  options: SignalOption = {},
): Promise<Ref[]> {
  const text = (await runGit(repo, 'for-each-ref', [REF_FORMAT, ...args], options)).toString();
  return text.split('\n').flatMap((line) => {
    const [, type, oid, name] = /^(\w+) ([0-9a-f]+) (.+)$/.exec(line) ?? [];
    return type && oid && name ? [{ type, oid, name }] : [];
  });
}

/**
 * Refs from which the commit can be reached, as people say them (`main`, `origin/main`, `v1.0`), shortest first.
 * At most `max`.
 */
export async function refsHolding(
  repo: Repository,
  commit: string,
  { max = 20, ...options }: SignalOption & { max?: number } = {},
): Promise<string[]> {
  const said = await runGit(repo, 'for-each-ref', ['--format=%(refname)', `--contains=${commit}`], options);
  return said
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^refs\/(heads|tags|remotes)\//, ''))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .slice(0, max);
}
