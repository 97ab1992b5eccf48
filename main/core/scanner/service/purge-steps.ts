// How a secret is taken out of the history: https://github.com/newren/git-filter-repo and
// https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository
import path from 'node:path';
import type { FindingDetail, ScanSource } from '../../../../preload/contract/scanner.ts';
import type { StoredFinding } from './finding-columns.ts';

type Purge = NonNullable<FindingDetail['steps']['purge']>;

const FILE = 'keybench-replace.txt';
const REPLACEMENT = 'REMOVED-BY-KEYBENCH';

/** Sources that no commit holds. */
const NEVER_COMMITTED: readonly ScanSource[] = ['staged', 'worktree', 'untracked', 'ignored'];
/** Commits that only this repository's own memory names. */
const FORGOTTEN: readonly ScanSource[] = ['reflog', 'unreachable'];

const ROTATE = 'Revoke the secret first: from the moment it was pushed it counts as known.';
const CANNOT_UNDO = `${ROTATE} Rewriting changes every later commit, and does not reach clones, forks, caches of the host and pull-request refs: others must clone again, and the host must be asked to clear its caches.`;

/** The command and the file it reads; the secret itself is filled in by whoever runs it. `null`: never committed. */
export function purgeSteps(finding: StoredFinding, repository: string): Purge | null {
  const { source, masked } = finding;
  if (NEVER_COMMITTED.includes(source)) return null;
  const git = `git -C ${quoted(repository)}`;
  if (FORGOTTEN.includes(source))
    return {
      command: `${git} reflog expire --expire=now --expire-unreachable=now --all && ${git} gc --prune=now`,
      replaceText: '',
      cannotUndo: `${ROTATE} This drops every commit that no branch, tag or stash holds, also those you may want back. It does not reach clones, forks and caches of the host.`,
    };
  const file = quoted(path.join(path.dirname(repository), FILE));
  const option = source === 'message' || source === 'tag' ? '--replace-message' : '--replace-text';
  return {
    command: `${git} filter-repo --sensitive-data-removal ${option} ${file}`,
    replaceText: `${expression(finding, masked)}==>${REPLACEMENT}\n`,
    cannotUndo: CANNOT_UNDO,
  };
}

/** Each line of the file is one expression, so a secret of several lines needs a pattern instead of itself. */
function expression({ rule }: StoredFinding, masked: string): string {
  const dashes = '-'.repeat(5);
  if (!masked.startsWith(`${dashes}BEGIN `) && !rule.includes('private-key')) return `literal:${masked}`;
  const title = '[A-Z0-9 ]*PRIVATE KEY( BLOCK)?';
  return `regex:(?s)${dashes}BEGIN ${title}${dashes}.*?${dashes}END ${title}${dashes}`;
}

/** For a POSIX shell. */
const quoted = (text: string) =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
