// Reading what must not stand in arguments: prompts from a pipe, secrets from a pipe or without echo.
import { UsageError } from '../arguments.ts';

/** Standard input as text; empty when it is a terminal (nobody piped anything). Throws when it is larger than `max`. */
export async function readStdin(max: number): Promise<string> {
  if (process.stdin.isTTY) return '';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > max) throw new UsageError(`Standard input is larger than ${Math.floor(max / 1000)} kB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** One line typed at the terminal without echo, or the piped standard input. Line breaks at the end are dropped. */
export async function readSecret(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) return (await readStdin(64 * 1024)).replace(/[\r\n]+$/, '');
  stderr.write(prompt);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  try {
    let typed = '';
    for await (const chunk of stdin as AsyncIterable<string>) {
      for (const character of chunk) {
        if (character === '\r' || character === '\n' || character === '\u0004') return typed;
        if (character === '\u0003') throw new UsageError('Nothing was stored.');
        if (character === '\u007f' || character === '\b') typed = typed.slice(0, -1);
        else typed += character;
      }
    }
    return typed;
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}
