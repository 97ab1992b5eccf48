// The `keybench` command. Core runs in this process; the window, if one is open, shares its database and keychain.
// It is loaded when a command needs it: a commit waits for `scan --staged`, which does not.
import { AppError } from '../../../preload/contract/app-error.ts';
import { UsageError } from '../arguments.ts';
import { dataDir } from '../data-dir.ts';
import { openSystemBrowser } from '../open-system-browser.ts';
import { version } from '../version.ts';
import { type Command, type CommandContext, type ExitCode, readArgs } from './command.ts';
import { doctor } from './doctor.ts';
import { historyCommands } from './history.ts';
import { hookCommands } from './hook.ts';
import { keyCommands } from './keys.ts';
import { createOutput } from './output.ts';
import { scan } from './scan.ts';
import { send } from './send.ts';

const COMMANDS = [
  send,
  ...keyCommands,
  ...historyCommands,
  scan,
  ...hookCommands,
  doctor,
] as unknown as readonly Command[];
/** Ctrl C reaches us twice when a parent process passes it on. A second one after this time is meant. */
const AGAIN_MS = 500;

const OVERVIEW = `Usage: keybench COMMAND [options]

${COMMANDS.map((command) => `  ${command.name.padEnd(16)} ${command.summary}`).join('\n')}
  ${'open'.padEnd(16)} Open the window (the same as npm start)

  --json      results as JSON, one value a line
  --help      help for a command
  --version   the version

Exit codes: 0 done, 1 the provider or a check said no or a scan has findings, 2 usage or set-up.`;

async function run(argv: readonly string[]): Promise<ExitCode> {
  const json = argv.includes('--json');
  const out = createOutput(process.stdout, process.stderr, json);
  if (argv.includes('--version')) {
    await out.line(version());
    return 0;
  }
  const { command, rest } = findCommand(argv.filter((arg) => arg !== '--json'));
  if (rest.includes('--help') || rest.includes('-h') || command === null) {
    const help = argv.length === 0 ? 2 : 0;
    await out.line(command === null ? OVERVIEW : `${command.summary}.\n\n${command.usage}`);
    return command === null ? help : 0;
  }
  const args = readArgs(command, rest);
  const stop = new AbortController();
  onInterrupt(() => stop.abort());
  const dir = dataDir();
  const context = { out, signal: stop.signal, dataDir: dir };
  const early = await command.before?.(context, args);
  if (early !== undefined && early !== null) return early;
  return withCore(dir, (api) => command.run?.({ ...context, api }, args) ?? Promise.resolve(0));
}

async function withCore(
  dir: string,
  act: (api: CommandContext['api']) => Promise<ExitCode>,
): Promise<ExitCode> {
  const [{ startCore }, { connectLocal }, { contract }] = await Promise.all([
    import('../start-core.ts'),
    import('../../core/rpc/local.ts'),
    import('../../../preload/contract/index.ts'),
  ]);
  const core = await startCore({
    shell: 'cli',
    dataDir: dir,
    remote: false,
    appShortcuts: false,
    openLink: (url) => openSystemBrowser(url, process.env.KEYBENCH_BROWSER ?? ''),
  });
  const { client, close } = connectLocal(contract, core.handlers, core.serveOptions);
  try {
    return await act(client);
  } finally {
    close();
    await core.close();
  }
}

function onInterrupt(act: () => void) {
  let first: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      const now = performance.now();
      if (first !== null && now - first > AGAIN_MS) process.exit(130);
      first ??= now;
      act();
    });
}

/** The command is one word (`send`) or two (`keys add`). Throws `UsageError` that names what there is. */
function findCommand(argv: readonly string[]): { command: Command | null; rest: string[] } {
  const words = argv.slice(0, 2);
  for (const count of [2, 1]) {
    const command = COMMANDS.find((one) => one.name === words.slice(0, count).join(' '));
    if (command) return { command, rest: argv.slice(count) };
  }
  const [noun] = words;
  if (noun === undefined || noun.startsWith('-')) {
    if (noun !== undefined && noun !== '--help' && noun !== '-h')
      throw new UsageError(`There is no option ${noun} before a command. See keybench --help.`);
    return { command: null, rest: [] };
  }
  const verbs = COMMANDS.filter((one) => one.name.startsWith(`${noun} `)).map(
    (one) => one.name.split(' ')[1],
  );
  if (verbs.length > 0 && (words[1] === '--help' || words[1] === '-h')) return { command: null, rest: [] };
  if (verbs.length > 0) throw new UsageError(`keybench ${noun} takes one of: ${verbs.join(', ')}.`);
  throw new UsageError(`There is no command "${noun}". See keybench --help.`);
}

/** The exit code and the sentence for whatever ended a command early. */
function explain(error: unknown): { code: ExitCode; sentence: string } {
  if (error instanceof UsageError) return { code: 2, sentence: error.message };
  if (error instanceof AppError) {
    if (error.code === 'CANCELLED') return { code: 1, sentence: 'Cancelled.' };
    return { code: error.code === 'PROVIDER_SAID_NO' ? 1 : 2, sentence: error.message };
  }
  // A reader that has enough (`| head`) is no failure worth a word.
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') return { code: 0, sentence: '' };
  return { code: 2, sentence: 'Something went wrong inside Keybench. The log in the data folder says more.' };
}

process.umask(0o077);
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
let code: ExitCode;
try {
  code = await run(process.argv.slice(2));
} catch (error) {
  const why = explain(error);
  code = why.code;
  if (why.sentence !== '') process.stderr.write(`${why.sentence}\n`);
}
// Not `exitCode`: a keep-alive connection or a hung keychain must not hold the command.
process.exit(code);
