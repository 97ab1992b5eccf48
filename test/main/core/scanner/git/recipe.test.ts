import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { allowedArguments, type GitCommand } from '../../../../../main/core/scanner/git/allowed-commands.ts';
import { findGit, versionProblem } from '../../../../../main/core/scanner/git/git-program.ts';
import { gitFailure, runGit, startGit, streamGit } from '../../../../../main/core/scanner/git/recipe.ts';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';

const repos: GitRepo[] = [];
function repo(): GitRepo {
  const made = createRepo();
  repos.push(made);
  return made;
}
const placeOf = ({ gitDir, path: workTree }: GitRepo) => ({ gitDir, workTree });

afterEach(() => {
  vi.unstubAllEnvs();
  for (const made of repos.splice(0)) made.remove();
});

describe('the list of allowed commands', () => {
  it.each<[string, string[]]>([
    ['status', []],
    ['diff', []],
    ['show', ['HEAD']],
    ['hash-object', ['a']],
    ['fetch', []],
    ['constructor', []],
    ['log', ['-p']],
    ['log', ['--ext-diff']],
    ['log', ['--textconv']],
    ['log', ['--show-signature']],
    ['log', ['--format=%G?']],
    ['log', ['--output=/tmp/x']],
    ['log', ['main']],
    ['rev-list', ['--use-bitmap-index', '--alternate-refs']],
    ['cat-file', ['--filters', 'HEAD:a']],
    ['cat-file', ['--textconv']],
    ['cat-file', ['--batch=%(rest)']],
    ['for-each-ref', ['--format=%(signature)']],
    ['for-each-ref', ['--shell']],
    ['ls-files', ['--modified']],
    ['ls-files', ['--exclude-from=/etc/passwd']],
    ['diff-index', ['HEAD']],
    ['diff-index', [`--output=${'a'.repeat(40)}`]],
    ['log', ['a'.repeat(39)]],
    ['log', ['A'.repeat(40)]],
    ['log', [`${'a'.repeat(40)}\n`]],
  ])('refuses git %s %j', (command, args) => {
    expect(() => allowedArguments(command as GitCommand, args)).toThrow(
      /git .* (not on the list|may not be given)/,
    );
  });

  it('refuses before anything is started', async () => {
    await expect(startGit(placeOf(repo()), 'log', ['-p'])).rejects.toThrow('may not be given "-p"');
  });

  it('takes object ids of both lengths, and always says what the configuration must not decide', () => {
    const log = allowedArguments('log', ['a'.repeat(40), `^${'b'.repeat(64)}`]);
    expect(log).toEqual(
      expect.arrayContaining(['log', '--raw', '--no-ext-diff', '--no-textconv', '--no-show-signature']),
    );
    expect(log.slice(-2)).toEqual(['a'.repeat(40), `^${'b'.repeat(64)}`]);
  });
});

describe('the program', () => {
  it('is never one of a relative folder of PATH, such as the repository', () => {
    const made = repo();
    writeFileSync(path.join(made.path, 'git'), '#!/bin/sh\n', { mode: 0o755 });
    expect(findGit(`.${path.delimiter}${path.delimiter}bin`)).toBeNull();
    expect(findGit(`.${path.delimiter}${made.path}`)).toBe(path.join(made.path, 'git'));
  });

  it('must be there and new enough; else a sentence says what to install', async () => {
    expect(versionProblem('git version 2.39.5 (Apple Git-154)\n')).toBeNull();
    expect(versionProblem('git version 3.0.0')).toBeNull();
    expect(versionProblem('git version 2.31.1')).toMatch(
      /^git 2\.31 is too old .* 2\.32 or newer is needed\. Install git/,
    );
    expect(versionProblem('')).toMatch(/Install git/);
    const made = repo();
    vi.stubEnv('PATH', path.join(made.around, 'empty'));
    await expect(runGit(placeOf(made), 'for-each-ref', [])).rejects.toMatchObject({
      code: 'SCAN_FAILED',
      message: expect.stringMatching(/^The program git was not found\. Install git/),
    });
  });

  it('is looked for again after it was missing', async () => {
    const made = repo();
    const bin = path.join(made.around, 'bin');
    mkdirSync(bin);
    const real = findGit(process.env.PATH ?? '');
    vi.stubEnv('PATH', bin);
    await expect(runGit(placeOf(made), 'for-each-ref', [])).rejects.toMatchObject({ code: 'SCAN_FAILED' });
    writeFileSync(path.join(bin, 'git'), `#!/bin/sh\nexec '${real}' "$@"\n`);
    chmodSync(path.join(bin, 'git'), 0o755);
    expect((await runGit(placeOf(made), 'for-each-ref', [])).toString()).toBe('');
  });
});

describe('a running git', () => {
  it('sees none of our variables but PATH, and stands in no repository', async () => {
    const made = repo();
    const bin = path.join(made.around, 'bin');
    mkdirSync(bin);
    const said = path.join(made.around, 'said');
    writeFileSync(
      path.join(bin, 'git'),
      `#!/bin/sh\n[ "$1" = --version ] && echo git version 2.39.5 && exit\n/usr/bin/env > '${said}'; pwd >> '${said}'; for a; do echo "$a" >> '${said}'; done\n`,
      { mode: 0o755 },
    );
    vi.stubEnv('PATH', bin);
    vi.stubEnv('GIT_DIR', '/nowhere');
    vi.stubEnv('HOME', made.path);
    vi.stubEnv('ANTHROPIC_API_KEY', 'not for git');
    await runGit(placeOf(made), 'for-each-ref', []);
    const lines = readFileSync(said, 'utf8').trim().split('\n');
    const at = lines.indexOf('/');
    const names = lines.slice(0, at).map((line) => line.replace(/=.*/, ''));
    expect(names.filter((name) => !/^(PWD|OLDPWD|SHLVL|_)$/.test(name)).sort()).toEqual([
      ...[
        'GIT_ALLOW_PROTOCOL',
        'GIT_ATTR_NOSYSTEM',
        'GIT_CONFIG_GLOBAL',
        'GIT_CONFIG_NOSYSTEM',
        'GIT_GRAFT_FILE',
      ],
      ...[
        'GIT_NO_LAZY_FETCH',
        'GIT_NO_REPLACE_OBJECTS',
        'GIT_OPTIONAL_LOCKS',
        'GIT_TERMINAL_PROMPT',
        'LC_ALL',
        'PATH',
      ],
    ]);
    expect(lines.slice(at + 1)).toEqual(
      expect.arrayContaining([
        ...['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'log.showSignature=false', 'core.pager=cat'],
        ...[`--git-dir=${made.gitDir}`, `--work-tree=${made.path}`],
      ]),
    );
  });

  it('is killed when nothing comes from it for too long: an ignore file that is a pipe', async () => {
    const made = repo();
    made.write('folder/a', 'a');
    execFileSync('mkfifo', [path.join(made.path, '.gitignore')]);
    const end = await streamGit(
      placeOf(made),
      'ls-files',
      ['--others', '--exclude-standard'],
      { stallMs: 300 },
      () => {},
    );
    expect(end).toMatchObject({ code: null, stalled: true });
    expect(gitFailure(placeOf(made), end)).toMatchObject({
      code: 'SCAN_FAILED',
      message: expect.stringContaining('said nothing for too long'),
    });
  });

  it('is not taken for stalled while its reader pauses', async () => {
    const made = repo();
    made.write('a', Buffer.alloc(4 << 20, 'a'));
    made.commit('large');
    const git = await startGit(placeOf(made), 'cat-file', ['--batch'], { input: true, stallMs: 200 });
    let bytes = 0;
    git.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    git.stdin?.end('HEAD:a\n');
    git.stdout.pause();
    await new Promise((resolve) => setTimeout(resolve, 900));
    git.stdout.resume();
    expect(await git.end).toMatchObject({ code: 0, stalled: false });
    expect(bytes).toBeGreaterThan(4 << 20);
  });

  it('ends with its caller’s signal', async () => {
    const made = repo();
    const stop = new AbortController();
    const git = await startGit(placeOf(made), 'cat-file', ['--batch'], { input: true, signal: stop.signal });
    const before = performance.now();
    stop.abort(new Error('stopped'));
    expect(await git.end).toMatchObject({ code: null, stalled: false });
    expect(performance.now() - before).toBeLessThan(2000);
    await expect(startGit(placeOf(made), 'log', ['--all'], { signal: stop.signal })).rejects.toThrow(
      'stopped',
    );
  });

  it('fails with one sentence that holds its last words', async () => {
    const made = repo();
    writeFileSync(path.join(made.gitDir, 'config'), '[core]\nrepositoryformatversion = 99\n');
    await expect(runGit(placeOf(made), 'for-each-ref', [])).rejects.toMatchObject({
      code: 'SCAN_FAILED',
      message: expect.stringMatching(/^git could not read the repository at .*: fatal: .*99\.$/),
    });
    const noisy = { code: 128, stalled: false, stderr: `${'x'.repeat(5000)}\nfatal: \u001b[31mbad\u0007.\n` };
    expect(gitFailure(placeOf(made), noisy).message).toMatch(
      /: fatal: {2}\[31mbad \.$|: fatal: \[31mbad \.$/,
    );
  });

  it('stops when a handler throws', async () => {
    const made = repo();
    made.commit('one');
    const fail = () => {
      throw new Error('of the handler');
    };
    await expect(streamGit(placeOf(made), 'log', ['--all'], {}, fail)).rejects.toThrow('of the handler');
  });
});
