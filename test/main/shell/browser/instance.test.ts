import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Claim, claimInstance, controlPath } from '../../../../main/shell/browser/instance.ts';

let dir: string;
let claims: Claim[];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'keybench-instance-'));
  claims = [];
});
afterEach(() => {
  for (const claim of claims) if (claim.first) claim.close();
  rmSync(dir, { recursive: true, force: true });
});

async function claim(onWish = () => ({ url: 'http://first', pid: 1 }), window = true): Promise<Claim> {
  const one = await claimInstance(dir, { window }, onWish);
  claims.push(one);
  return one;
}

it('makes the first start the one that runs, and tells the second of it', async () => {
  const wishes: unknown[] = [];
  const first = await claimInstance(dir, { window: true }, (wish) => {
    wishes.push(wish);
    return { url: 'http://first', pid: 1 };
  });
  claims.push(first);
  expect(first.first).toBe(true);
  expect(await claim(undefined, false)).toEqual({ first: false, answer: { url: 'http://first', pid: 1 } });
  expect(wishes).toEqual([{ window: false }]);
});

it('lets ten starts at once agree on one', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => claim()));
  expect(all.filter((one) => one.first)).toHaveLength(1);
});

it('goes on after the first has ended', async () => {
  const first = await claim();
  if (first.first) first.close();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await claim()).first).toBe(true);
});

it('takes over from one that was killed', async () => {
  const child = spawn(
    process.execPath,
    [
      '-e',
      `require('node:net').createServer().listen(${JSON.stringify(controlPath(dir))}, () => console.log('up'))`,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(statSync(controlPath(dir)).isSocket()).toBe(true);
  expect((await claim()).first).toBe(true);
});

it.each([
  ['does not answer', () => {}],
  ['hangs up', (socket: Socket) => socket.destroy()],
])(
  'leaves one alone that lives but %s',
  async (_what, act) => {
    const silent = createServer(act);
    await new Promise<void>((resolve) => silent.listen(controlPath(dir), resolve));
    const socket = statSync(controlPath(dir)).ino;
    await expect(claim()).rejects.toThrow('running already but does not answer');
    expect(statSync(controlPath(dir)).ino).toBe(socket);
    silent.close();
  },
  20_000,
);

it('is open to its owner alone', async () => {
  await claim();
  expect(statSync(controlPath(dir)).mode & 0o077).toBe(0);
});

it('is not disturbed by those who send something else', async () => {
  await claim();
  for (const junk of ['{}\n', 'x\n', '{"window":1}\n', `${'y'.repeat(10_000)}\n`]) {
    const socket = connect(controlPath(dir));
    socket.on('error', () => {});
    socket.write(junk);
    await new Promise((resolve) => socket.on('close', resolve));
  }
  expect((await claim()).first).toBe(false);
});

it('keeps the socket path short enough for every system', () => {
  expect(Buffer.byteLength(controlPath(`/${'long/'.repeat(60)}`))).toBeLessThanOrEqual(107);
  expect(controlPath('/short')).toBe('/short/control.sock');
});

it('does not delete a file that is no socket', async () => {
  writeFileSync(controlPath(dir), 'precious');
  await expect(claim()).rejects.toThrow();
  expect(statSync(controlPath(dir)).isFile()).toBe(true);
});

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.log('Skipped: giving a folder to another user needs root.');
it.skipIf(!isRoot)('does not use a folder that another user has made in its place', async () => {
  const long = path.join(dir, 'long'.repeat(40));
  const folder = path.dirname(controlPath(long));
  mkdirSync(folder);
  chownSync(folder, 65_534, 65_534);
  await expect(claimInstance(long, { window: true }, () => ({ url: '', pid: 1 }))).rejects.toThrow(
    'belongs to another user',
  );
  rmSync(folder, { recursive: true });
});
