// The arguments of `npm start` and `keybench open`, the same for both window shells.
import { parseArgs } from 'node:util';

export interface LaunchArguments {
  /** Forces a shell; `null`: Electron when it is there, else the browser. */
  shell: 'electron' | 'browser' | null;
  /** Open a window? False: print the address and serve. */
  open: boolean;
  /** Listen on this unix socket in place of a port. */
  socket: string | null;
  /** 0: any free port. */
  port: number;
  /** The port that the browser will use, when it reaches us through a tunnel. */
  publicPort: number | null;
}

/** A sentence for people; the caller prints it and ends with exit code 2. */
export class UsageError extends Error {}

export const LAUNCH_USAGE = `Usage: npm start -- [options]
  --shell=electron|browser  which window to use (default: Electron when it is installed)
  --no-open                 open no window; print an address and serve
  --port=N                  listen on this port of 127.0.0.1 (default: any free one)
  --socket=PATH             listen on a unix socket instead, for "ssh -L"; needs --public-port
  --public-port=N           the port your browser will use, when it comes through a tunnel
  --help                    show this`;

/** Throws `UsageError` with one sentence. `help` is `true` when only the usage is wanted. */
export function parseLaunch(args: readonly string[]): LaunchArguments & { help: boolean } {
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        shell: { type: 'string' },
        'no-open': { type: 'boolean' },
        port: { type: 'string' },
        socket: { type: 'string' },
        'public-port': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('.')[0]}. See npm start -- --help.`);
  }
  const shell = values.shell ?? null;
  if (shell !== null && shell !== 'electron' && shell !== 'browser')
    throw new UsageError('--shell takes electron or browser.');
  const publicPort =
    values['public-port'] === undefined ? null : port('--public-port', values['public-port']);
  const socket = (values.socket as string | undefined) ?? null;
  if (socket !== null && publicPort === null)
    throw new UsageError('--socket needs --public-port: the port on which your browser will see Keybench.');
  return {
    shell,
    open: values['no-open'] !== true && socket === null,
    socket,
    port: values.port === undefined ? 0 : port('--port', values.port),
    publicPort,
    help: values.help === true,
  };
}

function port(name: string, value: string | boolean): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new UsageError(`${name} takes a number from 1 to 65535.`);
  return number;
}
