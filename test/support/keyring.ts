// A private desktop keyring in a chosen state: real gnome-keyring on a bus of its own under dbus-run-session, with
// its own HOME and XDG folders, so that no test touches the keyring of the person who runs it.
//
// Everything hangs on one pipe: dbus-run-session runs a `cat`, and when its input closes, also because this process
// was killed, the bus ends and takes its clients along.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * `unlocked`, `locked`: a login keyring exists. `no-collection`: the service runs and has no keyring at all.
 * `wrong-password`: a login keyring exists and the service was started with another password. `no-answer`: locked,
 * and whoever is asked for the password never answers. `absent`: a bus without a service. `dead-bus`: an address
 * where nobody listens. `no-bus`: no address and no display.
 */
export type KeyringState =
  | 'unlocked'
  | 'locked'
  | 'no-collection'
  | 'wrong-password'
  | 'no-answer'
  | 'absent'
  | 'dead-bus'
  | 'no-bus';

export interface Keyring {
  /** The whole environment for processes that shall use this keyring. */
  env: Record<string, string>;
  /** HOME and the XDG folders are in here. */
  dir: string;
  /** SIGSTOP and SIGCONT for the service. */
  freeze(): void;
  thaw(): void;
  /** SIGKILL for the service; nothing starts it again. */
  kill(): Promise<void>;
  /** Starts the service after `kill`, unlocked unless told otherwise. */
  restart(options?: { locked?: boolean }): Promise<void>;
  /** Ends everything and removes the folders. */
  close(): Promise<void>;
}

const PASSWORD = 'test-login-password';

/** Why these tests cannot run here, or `null`. Print it with the skip. */
export function keyringMissing(): string | null {
  if (process.platform !== 'linux') return 'the keyring tests need Linux';
  for (const tool of ['dbus-run-session', 'gnome-keyring-daemon', 'gdbus'])
    try {
      execFileSync('which', [tool], { stdio: 'ignore' });
    } catch {
      return `${tool} is not installed`;
    }
  try {
    // Only found, not loaded: libsecret stays out of the test process.
    createRequire(import.meta.url).resolve('keytar/build/Release/keytar.node');
  } catch {
    return 'keytar is not built';
  }
  return null;
}

export async function startKeyring(options: { state: KeyringState }): Promise<Keyring> {
  const { state } = options;
  const dir = mkdtempSync(join(tmpdir(), 'keybench-keyring-'));
  const env = privateEnv(dir);
  const ends: (() => Promise<void>)[] = [];
  let service: ChildProcess | undefined;
  const start = async (password: string | null) => {
    service = await startService(env, password);
  };
  const stop = async () => {
    if (service) await killed(service);
    service = undefined;
  };
  const close = async () => {
    await stop();
    for (const end of ends.reverse()) await end();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };

  try {
    if (state === 'dead-bus') env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${join(dir, 'nobody-listens')}`;
    else if (state !== 'no-bus')
      ends.push(await startBus(dir, env, state === 'no-answer' ? installMutePrompter(dir) : ''));
    if (['unlocked', 'locked', 'wrong-password', 'no-answer'].includes(state)) {
      await start(PASSWORD);
      if (state !== 'unlocked') {
        await stop();
        await start(state === 'wrong-password' ? `not-${PASSWORD}` : null);
      }
    } else if (state === 'no-collection') await start(null);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    env,
    dir,
    freeze: () => void service?.kill('SIGSTOP'),
    thaw: () => void service?.kill('SIGCONT'),
    kill: stop,
    restart: async ({ locked = false } = {}) => {
      await stop();
      await start(locked ? null : PASSWORD);
    },
    close,
  };
}

function privateEnv(dir: string): Record<string, string> {
  const env: Record<string, string> = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', HOME: dir };
  for (const name of ['CONFIG', 'CACHE', 'DATA', 'STATE'])
    env[`XDG_${name}_HOME`] = join(dir, name.toLowerCase());
  env.XDG_RUNTIME_DIR = join(dir, 'run');
  for (const path of Object.values(env)) if (path.startsWith(`${dir}/`)) mkdirSync(path, { mode: 0o700 });
  return env;
}

/** A bus that starts nothing by itself but `services`: what runs on it is what the test has put there. */
async function startBus(
  dir: string,
  env: Record<string, string>,
  services: string,
): Promise<() => Promise<void>> {
  const config = join(dir, 'bus.conf');
  writeFileSync(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
      "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
    <busconfig><type>session</type><listen>unix:dir=${env.XDG_RUNTIME_DIR}</listen><auth>EXTERNAL</auth>${services}
    <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
    </busconfig>`,
  );
  const script = 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat';
  const session = spawn('dbus-run-session', ['--config-file', config, '--', 'sh', '-c', script], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  env.DBUS_SESSION_BUS_ADDRESS = await firstLine(session);
  return async () => {
    const over = once(session, 'exit');
    session.stdin.end();
    await Promise.race([over, sleep(3000).then(() => session.kill('SIGKILL'))]);
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('dbus-run-session ended at once'))),
  ])) as [string];
  lines.close();
  child.stdout!.resume();
  return line;
}

/** The first start with a password makes the login keyring; with another one it stays locked, silently. */
async function startService(env: Record<string, string>, password: string | null): Promise<ChildProcess> {
  const args = ['--foreground', '--components=secrets', ...(password === null ? [] : ['--unlock'])];
  const service = spawn('gnome-keyring-daemon', args, { env, stdio: ['pipe', 'ignore', 'ignore'] });
  service.stdin.end(password ?? '');
  await waitFor(env, 'org.freedesktop.secrets');
  return service;
}

async function waitFor(env: Record<string, string>, name: string) {
  const wait = spawn('gdbus', ['wait', '--session', '--timeout', '60', name], { env, stdio: 'ignore' });
  const [code] = await once(wait, 'exit');
  if (code !== 0) throw new Error(`${name} did not appear on the private bus within 60 s`);
}

/**
 * Takes the place of the password dialog and never answers, like a person who is away from the desk: the bus starts
 * it on demand and waits for it to take its name. It ends with the folder.
 */
function installMutePrompter(dir: string): string {
  const services = join(dir, 'services');
  mkdirSync(services);
  writeFileSync(
    join(services, 'org.gnome.keyring.SystemPrompter.service'),
    `[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/bin/sh -c "while [ -d ${services} ]; do sleep 1; done"\n`,
  );
  return `<servicedir>${services}</servicedir><limit name="service_start_timeout">600000</limit>`;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.kill('SIGKILL');
  await over;
}

/** Is this process there, and more than a zombie? */
export function processExists(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
