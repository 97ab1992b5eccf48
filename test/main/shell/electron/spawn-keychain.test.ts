import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { spawnKeychain } from '../../../../main/shell/electron/spawn-keychain.ts';
import { utilityProcess } from '../../../support/electron-stub.ts';

function fork() {
  const child = Object.assign(new EventEmitter(), { pid: 4_194_304, postMessage: vi.fn() });
  utilityProcess.fork.mockReturnValue(child);
  return child;
}

it('starts the helper with what the keychain needs of the environment and nothing else', () => {
  vi.stubEnv('ANTHROPIC_API_KEY', 'sk-ant-not-a-real-key');
  fork();
  spawnKeychain('/app/keytar-process.js');
  const [entry, args, options] = utilityProcess.fork.mock.calls[0] as [
    string,
    string[],
    { env: object; execArgv: string[] },
  ];
  expect([entry, args]).toEqual(['/app/keytar-process.js', []]);
  expect(options.execArgv).toEqual(['--disable-sigusr1']);
  expect(JSON.stringify(options.env)).not.toContain('sk-ant');
  expect(options.env).toMatchObject({ LC_ALL: 'C.UTF-8' });
  vi.unstubAllEnvs();
});

it('carries messages both ways, tells of the end and kills for good', () => {
  const child = fork();
  const helper = spawnKeychain('/app/keytar-process.js');
  const heard = vi.fn();
  const ended = vi.fn();
  helper.onMessage(heard);
  helper.onExit(ended);
  helper.send({ id: 1 });
  child.emit('message', { id: 1, ok: true });
  child.emit('exit', 139);
  expect(child.postMessage).toHaveBeenCalledWith({ id: 1 });
  expect(heard).toHaveBeenCalledWith({ id: 1, ok: true });
  expect(ended).toHaveBeenCalledWith({ code: 139, signal: null });
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  helper.kill();
  expect(kill).toHaveBeenCalledWith(child.pid, 'SIGKILL');
});

it('kills a helper that is still starting as soon as it is there, and minds none that is gone', () => {
  const child = Object.assign(fork(), { pid: undefined as number | undefined });
  const helper = spawnKeychain('/app/keytar-process.js');
  const kill = vi.spyOn(process, 'kill').mockReset();
  helper.kill();
  expect(kill).not.toHaveBeenCalled();
  child.pid = 4_194_304;
  child.emit('spawn');
  expect(kill).toHaveBeenCalledWith(4_194_304, 'SIGKILL');
  kill.mockImplementation(() => {
    throw new Error('kill ESRCH');
  });
  expect(() => helper.kill()).not.toThrow();
});

it('is not brought down by an error in the helper', () => {
  const child = fork();
  spawnKeychain('/app/keytar-process.js');
  expect(() => child.emit('error', 'FatalError', 'v8', '{}')).not.toThrow();
});
