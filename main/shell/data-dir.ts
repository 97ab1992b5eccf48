// Where Keybench keeps its files on each system.
import { homedir, platform } from 'node:os';
import path from 'node:path';

/** `KEYBENCH_DATA_DIR`, else the system's place for application data. Always absolute; may not exist yet. */
export function dataDir(env: NodeJS.ProcessEnv = process.env, os: NodeJS.Platform = platform()): string {
  if (env.KEYBENCH_DATA_DIR) return path.resolve(env.KEYBENCH_DATA_DIR);
  const home = env.HOME ?? homedir();
  if (os === 'darwin') return path.join(home, 'Library', 'Application Support', 'Keybench');
  if (os === 'win32') return path.join(env.APPDATA ?? path.join(home, 'AppData', 'Roaming'), 'Keybench');
  // The XDG specification says that a relative path in the variable must be ignored.
  const xdg = env.XDG_DATA_HOME;
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'share'), 'keybench');
}
