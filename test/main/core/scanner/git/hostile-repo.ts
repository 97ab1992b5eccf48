// A repository in which everything is armed that makes git run a program, open a pipe or leave the work tree. Each
// payload leaves a file of its name when it has run.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';

const HOOKS = [
  ...[
    'post-index-change',
    'pre-commit',
    'post-commit',
    'post-checkout',
    'pre-auto-gc',
    'reference-transaction',
  ],
  ...['fsmonitor-watchman', 'post-rewrite', 'pre-receive', 'update', 'sendemail-validate', 'proc-receive'],
];

export interface HostileRepo extends GitRepo {
  /** Names of the payloads that have run so far. */
  fired(): string[];
  forget(): void;
  /** A blob that the tree, the index and a promisor remote promise and nobody has. */
  readonly missing: string;
  /** The content that a replace ref shows as something harmless. */
  readonly hidden: string;
  /** A commit that a graft takes out of history; it alone brought `grafted.txt`. */
  readonly grafted: string;
  /** Puts a `GIT_*` variable for each payload that can come so; gives the former ones back. */
  readonly variables: Record<string, string>;
}

export function createHostileRepo(): HostileRepo {
  const repo = createRepo({ name: 'hostile' });
  const markers = path.join(repo.around, 'markers');
  const scripts = path.join(repo.around, 'scripts');
  for (const folder of [markers, scripts]) mkdirSync(folder);
  const payload = (name: string) => {
    const file = path.join(scripts, name);
    writeFileSync(file, `#!/bin/sh\n: > '${path.join(markers, name)}'\nexit 0\n`, { mode: 0o755 });
    return file;
  };

  const { hidden, grafted, missing } = fill(repo);
  for (const name of HOOKS) symlinkSync(payload(`hook-${name}`), path.join(repo.gitDir, 'hooks', name));
  const variables = arm(repo, payload);

  return {
    ...repo,
    fired: () => readdirSync(markers).sort(),
    forget: () => {
      for (const name of readdirSync(markers)) rmSync(path.join(markers, name));
    },
    missing,
    hidden,
    grafted,
    variables,
  };
}

/** History, index and work tree. */
function fill(repo: GitRepo) {
  repo.write(
    '.gitattributes',
    '*.txt diff=evil filter=evil\n*.proc filter=proc\n*.far diff=far\n*.ext diff=outside\n',
  );
  repo.write('a.txt', 'first\n');
  repo.write('b.proc', 'first\n');
  repo.write('c.far', 'first\n');
  repo.write('d.ext', 'first\n');
  repo.write('linked/inside.txt', 'tracked\n');
  repo.write('pipe.txt', 'tracked\n');
  repo.write('lost.txt', 'nobody has this\n');
  repo.commit('first');
  repo.write('grafted.txt', 'only in the grafted commit\n');
  const grafted = repo.commit('second');
  repo.git('rm', '-q', 'grafted.txt');
  repo.write('hidden.txt', 'what a replace ref hides\n');
  repo.write('a.txt', 'second\n');
  const third = repo.commit('third');
  const hidden = repo.git('rev-parse', 'HEAD:hidden.txt');
  const harmless = repo.run(['hash-object', '-w', '--stdin'], { input: 'harmless\n' }).toString().trim();
  repo.git('replace', hidden, harmless);

  const signed = repo
    .git('cat-file', 'commit', third)
    .replace(/\n\n/, '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n aaaa\n -----END PGP SIGNATURE-----\n\n');
  const commit = repo.run(['hash-object', '-t', 'commit', '-w', '--stdin'], { input: `${signed}\n` });
  repo.git('update-ref', 'refs/heads/main', commit.toString().trim());
  writeFileSync(path.join(repo.gitDir, 'info', 'grafts'), `${commit.toString().trim()}\n`);

  const missing = repo.git('rev-parse', 'HEAD:lost.txt');
  rmSync(path.join(repo.gitDir, 'objects', missing.slice(0, 2), missing.slice(2)));

  // Staged, then changed, with the same size and an old time: what makes git compare by content.
  repo.write('a.txt', 'staged\n');
  repo.git('add', 'a.txt');
  repo.write('a.txt', 'stagee\n');
  repo.write('d.ext', 'other\n');
  repo.write('c.far', 'other\n');
  repo.write('b.proc', 'other\n');
  // A tracked folder becomes a link out of the work tree.
  rmSync(path.join(repo.path, 'linked'), { recursive: true });
  const outside = path.join(repo.around, 'outside');
  mkdirSync(outside);
  writeFileSync(path.join(outside, 'inside.txt'), 'of somebody else\n');
  symlinkSync(outside, path.join(repo.path, 'linked'));
  symlinkSync('/etc/passwd', path.join(repo.path, 'passwd.txt'));
  symlinkSync('/etc', path.join(repo.path, 'etc'));
  rmSync(path.join(repo.path, 'pipe.txt'));
  execFileSync('mkfifo', [path.join(repo.path, 'pipe.txt'), path.join(repo.gitDir, 'pipe')]);
  return { hidden, grafted, missing };
}

function arm(repo: GitRepo, payload: (name: string) => string): Record<string, string> {
  const pipe = path.join(repo.gitDir, 'pipe');
  const attributes = path.join(repo.gitDir, 'evil-attributes');
  writeFileSync(attributes, '*.far diff=far\n*.txt -diff\n');
  const included = path.join(repo.gitDir, 'evil-include');
  writeFileSync(
    included,
    `[alias]\n\tincluded = !${payload('include')}\n[pager]\n\tlog = ${payload('include-pager')}\n`,
  );
  writeFileSync(
    path.join(repo.gitDir, 'config'),
    `
[core]
	repositoryformatversion = 1
	filemode = true
	bare = false
	logallrefupdates = true
	fsmonitor = ${payload('fsmonitor')}
	pager = ${payload('pager')}
	sshCommand = ${payload('ssh')}
	gitProxy = ${payload('git-proxy')}
	askPass = ${payload('ask-pass')}
	editor = ${payload('editor')}
	alternateRefsCommand = ${payload('alternate-refs')}
	attributesFile = ${attributes}
	worktree = /etc
	untrackedCache = true
[extensions]
	partialClone = origin
[include]
	path = ${included}
[includeIf "gitdir:**"]
	path = ${included}
[diff]
	external = ${payload('diff-external')}
	orderFile = ${pipe}
	relative = true
[diff "evil"]
	textconv = ${payload('textconv')}
[diff "far"]
	textconv = ${payload('textconv-of-attributes-file')}
[diff "outside"]
	command = ${payload('diff-driver')}
[filter "evil"]
	clean = ${payload('clean')}
	smudge = ${payload('smudge')}
	required = true
[filter "proc"]
	process = ${payload('filter-process')}
[gpg]
	program = ${payload('gpg')}
[gpg "ssh"]
	program = ${payload('gpg-ssh')}
[log]
	showSignature = true
	showRoot = false
	mailmap = true
[mailmap]
	file = ${pipe}
[pager]
	log = ${payload('pager-log')}
	cat-file = ${payload('pager-cat-file')}
[alias]
	evil = !${payload('alias')}
	cat-file = !${payload('alias-cat-file')}
[credential]
	helper = !${payload('credential')}
[protocol]
	allow = always
[protocol "file"]
	allow = always
[protocol "ext"]
	allow = always
[uploadpack]
	packObjectsHook = ${payload('pack-objects-hook')}
[submodule "sub"]
	update = !${payload('submodule-update')}
[remote "origin"]
	url = ${path.join(repo.around, 'nowhere')}
	promisor = true
	uploadpack = ${payload('uploadpack')}
	fetch = +refs/heads/*:refs/remotes/origin/*
[remote "secure"]
	url = ssh://host.invalid/x
	promisor = true
[remote "outside"]
	url = ext::${payload('ext')}
	promisor = true
[remote "plain"]
	url = git://host.invalid/x
	promisor = true
[color]
	ui = always
`,
  );
  return {
    GIT_EXTERNAL_DIFF: payload('variable-external-diff'),
    GIT_SSH_COMMAND: payload('variable-ssh'),
    GIT_PAGER: payload('variable-pager'),
    GIT_ASKPASS: payload('variable-askpass'),
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.fsmonitor',
    GIT_CONFIG_VALUE_0: payload('variable-config'),
    GIT_INDEX_FILE: '/nowhere',
    GIT_OBJECT_DIRECTORY: '/nowhere',
    GIT_DIR: '/nowhere',
    GIT_WORK_TREE: '/etc',
  };
}
