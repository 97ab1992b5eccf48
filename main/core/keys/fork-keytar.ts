// Starts the helper under plain Node. Electron's shell has its own way (utilityProcess), behind the same interface.
import { fork } from 'node:child_process';
import type { HelperProcess } from './keytar-protocol.ts';

/** What libsecret, the macOS keychain and Windows need to find the user's session; nothing else is passed on. */
const NEEDED =
  /^(?:DBUS_SESSION_BUS_ADDRESS|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_.*|HOME|USER|LOGNAME|PATH|LANG|TMPDIR|SystemRoot|windir|USERPROFILE|APPDATA|LOCALAPPDATA|TEMP|TMP)$/i;

/** `entry`: path of keytar-process.ts or its bundle. `env`: whose session to use; a test gives a private one. */
export function forkKeytarProcess(entry: string, env: NodeJS.ProcessEnv = process.env): HelperProcess {
  const child = fork(entry, [], {
    env: keytarEnvironment(env),
    // Not those of this process: an inspector of the helper would hand out every key. SIGUSR1 would open one.
    execArgv: ['--disable-sigusr1'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'json',
  });
  // A helper at rest may not keep a command from ending; a call in flight holds the process by its deadline.
  child.unref();
  child.channel?.unref();
  let over = false;
  return {
    pid: child.pid,
    send: (message) => {
      if (!child.connected) throw new Error('The helper process is gone.');
      // A failure to write comes with the end of the process, which is reported anyway.
      child.send(message as object, () => {});
    },
    onMessage: (cb) => void child.on('message', cb),
    onExit: (cb) => {
      const once = (code: number | null, signal: string | null) => {
        if (over) return;
        over = true;
        cb({ code, signal });
      };
      child.on('exit', once);
      child.on('error', () => once(null, null)); // could not be started at all
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** What of `env` the helper gets, under every shell. */
export function keytarEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && NEEDED.test(entry[0]),
  );
  // Errors are told apart by their English text, see keychain-states.ts. The system's dialogs are not ours.
  return { ...Object.fromEntries(kept), LC_ALL: 'C.UTF-8', LANGUAGE: 'en' };
}
