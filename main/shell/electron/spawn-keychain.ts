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
  // A fatal error of V8 in the helper; its end is reported anyway. Unheard, it would be an exception here.
  child.on('error', () => {});
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    } catch {} // ended by itself a moment ago
  };
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage: (cb) => void child.on('message', cb),
    onExit: (cb) => void child.on('exit', (code) => cb({ code, signal: null })),
    // `UtilityProcess.kill` asks politely (SIGTERM); a helper that hangs in native code needs the other signal. One that
    // is still starting has no pid yet.
    kill: () => (child.pid === undefined ? void child.once('spawn', kill) : kill()),
  };
}
