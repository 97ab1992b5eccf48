// What a command is, how its arguments are read, and how it ends.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { AppClient } from '../../../preload/contract/index.ts';
import { UsageError } from '../arguments.ts';
import type { Output } from './output.ts';

/** 0 done, 1 the provider or a check said no, 2 usage or set-up, 130 ended by Ctrl C. */
export type ExitCode = 0 | 1 | 2 | 130;

export interface CommandContext {
  api: AppClient;
  out: Output;
  /** Aborts on Ctrl C. */
  signal: AbortSignal;
  dataDir: string;
}

type Options = NonNullable<ParseArgsConfig['options']>;

export interface Command<O extends Options = Options> {
  /** e.g. `keys add`. */
  name: string;
  /** One line for the overview. */
  summary: string;
  /** Printed by `--help`, after the summary. */
  usage: string;
  options: O;
  /** Runs without core, for what core must not be open for. An exit code ends the command; `null` goes on to `run`. */
  before?: (
    context: Pick<CommandContext, 'out' | 'dataDir' | 'signal'>,
    args: ParsedArgs<O>,
  ) => Promise<ExitCode | null>;
  /** Absent: everything was done before. */
  run?: (context: CommandContext, args: ParsedArgs<O>) => Promise<ExitCode>;
}

export type ParsedArgs<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
>;

/** Keeps the types of a command's options together with its code. */
export const defineCommand = <const O extends Options>(command: Command<O>): Command<O> => command;

/** Reads a command's own arguments. Throws `UsageError` with one sentence. */
export function readArgs<O extends Options>(command: Command<O>, args: readonly string[]): ParsedArgs<O> {
  try {
    return parseArgs({ args: [...args], options: command.options, allowPositionals: true, strict: true });
  } catch (error) {
    const sentence = (error as Error).message.split(/\. |\.$/)[0];
    throw new UsageError(`${sentence}. See keybench ${command.name} --help.`);
  }
}
