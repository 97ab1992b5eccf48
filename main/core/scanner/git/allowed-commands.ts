// What git may be asked to do in a repository that may be hostile: these sub-commands with these arguments, and nothing
// else. Each was seen to run no program of the repository's configuration (test/main/core/scanner/git/hostile.test.ts).
// Not here, and why: `status`, `diff`, `diff-files`, `ls-files -m` and `hash-object` run clean filters or fsmonitor;
// `log -p`, `show` and `cat-file --textconv` run textconv drivers; `cat-file --filters` runs smudge filters; format fields
// about signatures run the gpg program.

export type GitCommand = 'cat-file' | 'for-each-ref' | 'log' | 'rev-list' | 'ls-files' | 'diff-index';

interface Allowed {
  /** Always passed, before all others. */
  fixed: readonly string[];
  /** May be passed, as they stand. */
  exact: readonly string[];
  /** A whole object id; `^` before it excludes. */
  oids?: boolean;
}

/** Type and size of each object. */
export const CHECK_FORMAT = '--batch-check=%(objectname) %(objecttype) %(objectsize)';

/** One header per commit, ended by NUL; no field can hold a line break. */
const LOG_FORMAT = '--format=tformat:%H%n%P%n%at%n%an%n%ae';

/** Of an annotated tag also what it points at. */
export const REF_FORMAT = '--format=%(objecttype) %(objectname) %(*objectname) %(refname)';

/** Without a look at the object, which may be lost. */
export const REF_NAME_FORMAT = '--format=%(objectname) %(refname)';

/** Before `--all`: a ref whose commit is lost would else end the walk of all others before it begins. */
const DESPITE_LOST_REFS = '--ignore-missing';

const REVISIONS = ['--all', '--reflog', '--not', '--exclude=refs/stash', '--exclude=refs/notes/*'] as const;

const ALLOWED: Readonly<Record<GitCommand, Allowed>> = {
  'cat-file': {
    fixed: [],
    exact: ['--batch', CHECK_FORMAT, '--batch-all-objects', '--unordered', '--buffer'],
  },
  'for-each-ref': {
    fixed: [],
    exact: [REF_FORMAT, REF_NAME_FORMAT, 'refs/notes', 'refs/stash', 'refs/tags'],
  },
  log: {
    // The second half takes back what the configuration may have set: log.showSignature, log.mailmap (reads a file that
    // may be a pipe), diff.orderFile (the same), log.showRoot, diff.relative, color.ui, i18n.logOutputEncoding.
    fixed: [
      DESPITE_LOST_REFS,
      ...['--raw', '-c', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv'],
      ...['--no-show-signature', '--no-mailmap', '-O/dev/null', '--root', '--no-relative', '--no-color'],
      ...['--encoding=UTF-8', '--no-decorate', '--no-notes', '--ignore-submodules=dirty', LOG_FORMAT],
    ],
    exact: [...REVISIONS, '--no-walk=unsorted', '--stdin', '--glob=refs/notes/*'],
    oids: true,
  },
  'rev-list': {
    fixed: ['--no-color', DESPITE_LOST_REFS],
    exact: [
      ...REVISIONS,
      ...[
        '--objects',
        '--missing=print',
        '--count',
        '--walk-reflogs',
        '--parents',
        '--topo-order',
        '--reverse',
        'refs/stash',
      ],
    ],
    oids: true,
  },
  'ls-files': { fixed: ['-z'], exact: ['--stage', '--others', '--ignored', '--exclude-standard'] },
  'diff-index': {
    fixed: [
      ...['--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv'],
      ...['--no-relative', '-O/dev/null', '--ignore-submodules=dirty'],
    ],
    exact: [],
    oids: true,
  },
};

const OID = /^\^?([0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The sub-command with its fixed arguments and the given ones.
 * @throws for anything that is not on the list: a mistake in our own code, never something a person did.
 */
export function allowedArguments(command: GitCommand, args: readonly string[]): string[] {
  const allowed = Object.hasOwn(ALLOWED, command) ? ALLOWED[command] : null;
  if (!allowed) throw new Error(`git ${command} is not on the list of allowed commands`);
  for (const arg of args) {
    const known = allowed.exact.includes(arg) || (allowed.oids === true && OID.test(arg));
    if (!known) throw new Error(`git ${command} may not be given ${JSON.stringify(arg.slice(0, 80))}`);
  }
  return [command, ...allowed.fixed, ...args];
}
