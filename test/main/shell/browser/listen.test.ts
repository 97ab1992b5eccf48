import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listen } from '../../../../main/shell/browser/listen.ts';

let dir: string;
const servers: Server[] = [];
const server = () => {
  const one = createServer();
  servers.push(one);
  return one;
};
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'keybench-listen-'));
});
afterEach(() => {
  for (const one of servers.splice(0)) one.close();
  rmSync(dir, { recursive: true, force: true });
});

it('listens on 127.0.0.1 and nowhere else', async () => {
  const one = server();
  const port = await listen(one, { socket: null, port: 0 });
  expect(port).toBeGreaterThan(0);
  expect((one.address() as AddressInfo).address).toBe('127.0.0.1');
});

it('says which port is in use', async () => {
  const port = await listen(server(), { socket: null, port: 0 });
  await expect(listen(server(), { socket: null, port })).rejects.toThrow(
    `Port ${port} is in use. Choose another with --port.`,
  );
});

it('makes a unix socket that only its owner can open', async () => {
  const file = path.join(dir, 'in', 'k.sock');
  expect(await listen(server(), { socket: file, port: 0 })).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
});

it('refuses a folder that others can enter', async () => {
  const open = path.join(dir, 'open');
  mkdirSync(open);
  chmodSync(open, 0o755);
  await expect(listen(server(), { socket: path.join(open, 'k.sock'), port: 0 })).rejects.toThrow(
    'open to other users',
  );
});

it('never replaces a file that is no socket', async () => {
  chmodSync(dir, 0o700);
  const file = path.join(dir, 'letter.txt');
  writeFileSync(file, 'precious');
  await expect(listen(server(), { socket: file, port: 0 })).rejects.toThrow('is not a socket');
  expect(statSync(file).isFile()).toBe(true);
});
