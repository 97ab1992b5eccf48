// keybench hook …: the check before each commit.
import { enableCompileCache, flushCompileCache } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { UsageError } from '../arguments.ts';
import { type CommandContext, defineCommand, type ExitCode } from './command.ts';

const PASS_BY = 'To pass it by once: git commit --no-verify, or KEYBENCH_SKIP=1 git commit.';

const install = defineCommand({
  name: 'hook install',
  summary: 'Check what is staged before each commit of a repository',
  usage: `Usage: keybench hook install PATH [--trust]

Puts a pre-commit hook in place that runs keybench scan --staged. A hook that is there already is kept and runs first.
Where core.hooksPath points elsewhere in the repository, the hook goes there.

  --trust   also in a repository that belongs to another user

${PASS_BY}`,
  options: { trust: { type: 'boolean' } },
  before: async (context, { values, positionals }) => {
    const { installHook } = await hooks();
    const program = {
      node: process.execPath,
      main: path.resolve(import.meta.dirname, 'main.ts'),
      compileCache: path.join(context.dataDir, 'compile-cache'),
    };
    const trusted = values.trust === true;
    const result = installHook(onePath('hook install', positionals), program, {
      configFiles: gitConfigFiles(process.env),
      trusted,
    });
    const { file, state } = result;
    await warmUp(program.compileCache);
    const sentence = {
      updated: `The hook was there already and is up to date: ${file}.`,
      chained: `Each commit is checked for keys now: ${file}. The hook that was there runs before it.`,
    };
    const text =
      state === 'updated' || state === 'chained'
        ? sentence[state]
        : `Each commit is checked for keys now: ${file}.`;
    return say(context, result, `${text}\n${PASS_BY}`);
  },
});

const remove = defineCommand({
  name: 'hook remove',
  summary: 'Take the check before each commit away again',
  usage: `Usage: keybench hook remove PATH [--trust]

A hook that was there before is put back. A pre-commit hook that is not of Keybench is left alone.`,
  options: { trust: { type: 'boolean' } },
  before: async (context, { values, positionals }) => {
    const { removeHook } = await hooks();
    const result = removeHook(onePath('hook remove', positionals), {
      configFiles: gitConfigFiles(process.env),
      trusted: values.trust === true,
    });
    const { repository, state } = result;
    const sentences: Partial<Record<typeof state, string>> = {
      restored: `Commits in ${repository} are not checked any more; the hook that was there before is back.`,
      absent: `There is no hook of Keybench in ${repository}.`,
    };
    return say(context, result, sentences[state] ?? `Commits in ${repository} are not checked any more.`);
  },
});

/** Compiles the check, so that the first commit does not pay for it. */
async function warmUp(compileCache: string): Promise<void> {
  enableCompileCache(compileCache);
  await (await import('../../core/create-scan.ts')).loadScan();
  flushCompileCache();
}

const hooks = async () => (await import('../../core/create-scan.ts')).commitHooks();

function onePath(command: string, positionals: readonly string[]): string {
  const [given] = positionals;
  if (given === undefined || positionals.length > 1)
    throw new UsageError(
      `${command} takes the path of one repository; for this folder: keybench ${command} .`,
    );
  return given;
}

/** Where git reads what holds for more than one repository, weakest first: https://git-scm.com/docs/git-config#FILES */
function gitConfigFiles(env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME ?? homedir();
  const system = env.GIT_CONFIG_NOSYSTEM ? [] : [env.GIT_CONFIG_SYSTEM ?? '/etc/gitconfig'];
  if (env.GIT_CONFIG_GLOBAL !== undefined) return [...system, env.GIT_CONFIG_GLOBAL];
  const xdg = env.XDG_CONFIG_HOME || path.join(home, '.config');
  return [...system, path.join(xdg, 'git', 'config'), path.join(home, '.gitconfig')];
}

async function say({ out }: Pick<CommandContext, 'out'>, value: object, sentence: string): Promise<ExitCode> {
  await (out.json ? out.value(value) : out.line(sentence));
  return 0;
}

export const hookCommands = [install, remove];
