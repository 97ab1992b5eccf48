// The command as a user starts it: a process with its own home, and optionally a terminal.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

export const MAIN = path.resolve('main/shell/cli/main.ts');

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Ran>;
}

/** `env` comes on top of PATH; nothing else of this process is passed on. */
export function startCli(args: readonly string[], env: Record<string, string>, cwd?: string): Started {
  return collect(
    spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
    }),
  );
}

/** The same in a terminal: everything it shows is `out`. */
export function startInTerminal(args: readonly string[], env: Record<string, string>): Started {
  const words = [process.execPath, MAIN, ...args].map((word) => `'${word}'`).join(' ');
  return collect(
    spawn('script', ['-qec', words, '/dev/null'], {
      env: { PATH: process.env.PATH ?? '', TERM: 'xterm', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

function collect(child: ChildProcess): Started {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk));
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err }))) };
}
