import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask, controlPath } from '../../../../main/shell/browser/instance.ts';
import { type RunningApp, startApp } from '../../../support/running-app.ts';

const MAIN = path.resolve(import.meta.dirname, '../../../../main/shell/browser/main.ts');

let dir: string;
let app: RunningApp | undefined;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'keybench-main-'));
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

const freePort = async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const statusOf = (where: { port: number } | { socketPath: string }, host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const asked = request({ ...where, path: '/launch', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });

it('ends when the port is in use, and leaves no control socket', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  await expect(startApp({ dataDir: dir, args: [`--port=${port}`] })).rejects.toThrow(
    new RegExp(`it ended with 2\\s+Port ${port} is in use`),
  );
  expect(existsSync(path.join(dir, 'control.sock'))).toBe(false);
  taken.close();
});

it('listens where it is told, under the port that the browser sees', async () => {
  const [port, seen] = [await freePort(), await freePort()];
  app = await startApp({ dataDir: dir, args: [`--port=${port}`, `--public-port=${seen}`] });
  expect(new URL(app.url).host).toBe(`127.0.0.1:${seen}`);
  expect(await statusOf({ port }, `127.0.0.1:${seen}`)).toBe(200);
  expect(await statusOf({ port }, `127.0.0.1:${port}`)).toBe(421);
});

it.skipIf(process.platform === 'win32')('listens on a unix socket', async () => {
  const socketPath = path.join(dir, 'door', 'k.sock');
  app = await startApp({ dataDir: dir, args: [`--socket=${socketPath}`, '--public-port=8123'] });
  expect(await statusOf({ socketPath }, '127.0.0.1:8123')).toBe(200);
});

// A browser drops the port that http has anyway from `Host` and `Origin`.
it.skipIf(process.platform === 'win32')('is reached through a tunnel on port 80', async () => {
  const socketPath = path.join(dir, 'door', 'k.sock');
  app = await startApp({ dataDir: dir, args: [`--socket=${socketPath}`, '--public-port=80'] });
  expect(await statusOf({ socketPath }, '127.0.0.1')).toBe(200);
});

it('gives an address when no window can be opened', async () => {
  writeFileSync(path.join(dir, 'chromium'), 'where the profile would be');
  const child = spawn(process.execPath, ['--disable-sigusr1', MAIN], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: dir,
      KEYBENCH_DATA_DIR: dir,
      KEYBENCH_BROWSER: process.execPath,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk;
      if (printed.includes('Ctrl C')) resolve();
    });
  });
  expect(printed).toMatch(/^No window could be opened.*\nKeybench is ready: http/);
  expect(child.exitCode).toBeNull();
  child.kill();
  await new Promise((resolve) => child.once('exit', resolve));
});

it('outlives whoever read what it printed', async () => {
  const child = spawn(process.execPath, ['--disable-sigusr1', MAIN, '--no-open'], {
    env: { PATH: process.env.PATH ?? '', HOME: dir, KEYBENCH_DATA_DIR: dir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  child.stderr.destroy();
  const address = () => ask(controlPath(dir), { window: false });
  // An address means that it is past its own printing.
  const given = async () => {
    const answer = await address();
    return typeof answer === 'object' && answer.url !== '';
  };
  while (child.exitCode === null && !(await given())) await sleep(20);
  await sleep(100);
  expect(await address()).toMatchObject({ pid: child.pid, url: expect.stringContaining('/launch#') });
  child.kill();
  await new Promise((resolve) => child.once('exit', resolve));
});
