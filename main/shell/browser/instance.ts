// One Keybench per data folder: the first listens on a control socket, a later one hands over its wish and ends.
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';

/** What a later start may ask of the first. */
export const Wish = z.strictObject({
  /** Open a window; false: only hand out an address to sign in with. */
  window: z.boolean(),
});
export type Wish = z.infer<typeof Wish>;

const Answer = z.strictObject({
  /** An address with a fresh one-use code. Empty when a window was opened. */
  url: z.string(),
  pid: z.int(),
});
export type Answer = z.infer<typeof Answer>;

/** Somebody runs and does not answer; the caller prints the sentence and ends. */
export class InstanceSilent extends Error {
  constructor() {
    super('Keybench is running already but does not answer. End it, or wait until it does, and start again.');
  }
}
class Silence extends Error {}

const MAX_LINE = 4096;
const ANSWER_MS = 5_000;
/** An instance that is ending has let go of the socket by then. */
const ENDING_MS = 200;
/** Longest path a unix socket may have on every system we know. */
const MAX_SOCKET_PATH = 100;

/** The control socket of a data folder. In the temporary folder when the path would be too long for a socket. */
export function controlPath(dataDir: string): string {
  const id = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\keybench-${id}`;
  const inside = path.join(dataDir, 'control.sock');
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH) return inside;
  return path.join(tmpdir(), `keybench-${process.getuid?.() ?? 0}-${id}`, 'control.sock');
}

export type Claim = { first: true; close(): void } | { first: false; answer: Answer };

/** Becomes the first instance, or hands `wish` to the one that runs. Throws when the socket cannot be made at all. */
export async function claimInstance(
  dataDir: string,
  wish: Wish,
  onWish: (wish: Wish) => Promise<Answer> | Answer,
): Promise<Claim> {
  const file = controlPath(dataDir);
  if (process.platform !== 'win32') ownFolder(path.dirname(file));
  // Twice, since a stale socket is removed after the first try and another start may be as quick as this one.
  for (let round = 0; ; round++) {
    const server = await listen(file, onWish);
    if (server) return { first: true, close: () => void server.close() };
    const asked = lstatSync(file, { throwIfNoEntry: false });
    const answer = await ask(file, wish);
    if (typeof answer === 'object') return { first: false, answer };
    // Whoever holds the socket lives (stopped, or busy with a large file): two on one data folder must not be.
    if (answer === 'silent' || round >= 2) throw new InstanceSilent();
    if (answer === 'closed') {
      await sleep(ENDING_MS);
      continue;
    }
    // Nobody listens: it was left behind by a Keybench that was killed. Unless another start has just replaced it.
    const now = lstatSync(file, { throwIfNoEntry: false });
    if (now && !now.isSocket()) throw new Error(`${file} is in the way of Keybench's control socket.`);
    if (now && now.ino === asked?.ino) rmSync(file, { force: true });
  }
}

/** In the shared temporary folder another user may have made it first, to answer in our place. */
function ownFolder(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  if (folder.startsWith(tmpdir()) && (!stat.isDirectory() || stat.uid !== process.getuid?.()))
    throw new Error(`The folder ${folder} belongs to another user.`);
}

async function listen(
  file: string,
  onWish: (wish: Wish) => Promise<Answer> | Answer,
): Promise<Server | null> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    void readLine(socket)
      .then(async (line) => {
        const wish = Wish.safeParse(JSON.parse(line));
        if (wish.success) socket.end(`${JSON.stringify(await onWish(wish.data))}\n`);
        else socket.destroy();
      })
      .catch(() => socket.destroy());
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(file, () => {
      if (process.platform !== 'win32') chmodSync(file, 0o600);
      resolve(server);
    });
  });
}

/**
 * Asks the running instance. `gone`: nobody listens any more. `silent`: somebody does, and does not answer. `closed`: it
 * hung up, because it is just ending or of another version.
 */
export async function ask(file: string, wish: Wish): Promise<Answer | 'gone' | 'silent' | 'closed'> {
  const socket = connect(file);
  let connected = false;
  try {
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    connected = true;
    socket.on('error', () => {});
    socket.write(`${JSON.stringify(wish)}\n`);
    return Answer.parse(JSON.parse(await readLine(socket)));
  } catch (error) {
    if (!connected) return 'gone';
    return error instanceof Silence ? 'silent' : 'closed';
  } finally {
    socket.destroy();
  }
}

function readLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setTimeout(ANSWER_MS, () => reject(new Silence()));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > MAX_LINE) reject(new Error('too long'));
    });
    socket.on('close', () => reject(new Error('closed')));
    socket.on('error', reject);
  });
}
