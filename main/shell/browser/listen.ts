// Where the loopback host listens: 127.0.0.1 or a unix socket, and nothing else. There is no option for more.
import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import path from 'node:path';
import { UsageError } from '../arguments.ts';

/** Listens and returns the port (0 for a unix socket). Throws `UsageError` with one sentence when it cannot. */
export async function listen(
  server: Server,
  where: { socket: string | null; port: number },
): Promise<number> {
  if (where.socket !== null) prepareSocket(where.socket);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, where)));
    if (where.socket !== null) server.listen(where.socket, resolve);
    else server.listen(where.port, '127.0.0.1', resolve);
  });
  if (where.socket !== null) chmodSync(where.socket, 0o600);
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function prepareSocket(file: string) {
  const folder = path.dirname(path.resolve(file));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  if (process.getuid && (stat.uid !== process.getuid() || (stat.mode & 0o077) !== 0))
    throw new UsageError(`The folder ${folder} is open to other users. Use one with mode 0700 for --socket.`);
  const old = lstatSync(file, { throwIfNoEntry: false });
  if (old && !old.isSocket())
    throw new UsageError(`${file} exists and is not a socket. Choose another --socket path.`);
  rmSync(file, { force: true });
}

function explain(error: NodeJS.ErrnoException, where: { socket: string | null; port: number }): Error {
  if (error.code === 'EADDRINUSE')
    return new UsageError(`Port ${where.port} is in use. Choose another with --port.`);
  if (error.code === 'EACCES')
    return new UsageError(`Port ${where.port} needs more rights. Choose one above 1023.`);
  return error;
}
