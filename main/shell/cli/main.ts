// The `keybench` command. Core runs in this process; the window, if one is open, shares its database and keychain.
import { AppError } from '../../../preload/contract/errors.ts';
import { contract } from '../../../preload/contract/index.ts';
import { connectLocal } from '../../core/rpc/local.ts';
import { UsageError } from '../arguments.ts';
import { dataDir } from '../data-dir.ts';
import { openSystemBrowser } from '../open-system-browser.ts';
import { startCore, version } from '../start-core.ts';
import { type Command, type ExitCode, readArgs } from './command.ts';
import { doctor } from './doctor.ts';
import { historyCommands } from './history.ts';
import { keyCommands } from './keys.ts';
import { createOutput } from './output.ts';
import { send } from './send.ts';

const COMMANDS = [send, ...keyCommands, ...historyCommands, doctor] as unknown as readonly Command[];

const OVERVIEW = `Usage: keybench COMMAND [options]

${COMMANDS.map((command) => `  ${command.name.padEnd(16)} ${command.summary}`).join('\n')}
  ${'open'.padEnd(16)} Open the window (the same as npm start)

  --json      results as JSON, one value a line
  --help      help for a command
  --version   the version

Exit codes: 0 done, 1 the provider or a check said no, 2 usage or set-up.`;

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
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const dir = dataDir();
  const early = await command.before?.({ out, dataDir: dir }, args);
  if (early !== undefined && early !== null) return early;
  const core = await startCore({
    shell: 'cli',
    dataDir: dir,
    remote: false,
    appShortcuts: false,
    openLink: (url) => openSystemBrowser(url, process.env.KEYBENCH_BROWSER ?? ''),
  });
  const { client, close } = connectLocal(contract, core.handlers, core.serveOptions);
  try {
    return await command.run({ api: client, out, signal: stop.signal, dataDir: dir }, args);
  } finally {
    close();
    await core.close();
  }
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
