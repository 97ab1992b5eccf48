// The keychain helper as an Electron utility process. `fork` is not used: the RunAsNode fuse is off.
import { utilityProcess } from 'electron';
import { keytarEnvironment } from '../../core/keys/fork-keytar.ts';
import type { HelperProcess } from '../../core/keys/keytar-protocol.ts';

export function spawnKeychain(entry: string): HelperProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'Keybench keychain',
    stdio: 'ignore',
    execArgv: ['--disable-sigusr1'],
    env: keytarEnvironment(process.env),
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage: (cb) => void child.on('message', cb),
    onExit: (cb) => void child.on('exit', (code) => cb({ code, signal: null })),
    kill: () => {
      // `UtilityProcess.kill` asks politely (SIGTERM); a helper that hangs in native code needs the other signal.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
}
