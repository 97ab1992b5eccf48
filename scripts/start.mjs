// `npm start`: set-up, build, and the window. Runs on Node 20; everything it starts runs on the Node it finds.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, setUp } from './setup/index.mjs';

const args = process.argv.slice(2);
const began = performance.now();
const option = (/** @type {string} */ name) =>
  args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const noWindow = args.includes('--no-open') || option('socket') !== undefined || args.includes('--socket');
const shell = option('shell');

try {
  process.exitCode = await start();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

/** @returns {Promise<number>} the exit code */
async function start() {
  if (args.includes('--help') || args.includes('-h')) return browser(await setUp({ for: 'build' }));
  const electron = shell === 'electron' ? 'again' : shell === 'browser' || noWindow ? 'never' : 'once';
  const ready = await setUp({ for: 'start', window: !noWindow, electron });
  const wanted = shell ?? (ready.electron && ready.display && !noWindow ? 'electron' : 'browser');
  if (wanted === 'electron' && !ready.electron) {
    process.stderr.write(
      `Electron cannot be used: ${ready.electronReason} Start with --shell=browser instead.\n`,
    );
    return 2;
  }
  await run(ready.node, [join(ROOT, 'scripts/build.ts'), wanted === 'electron' ? 'all' : 'renderer']);
  if (wanted === 'electron')
    return run(/** @type {string} */ (ready.electron), [
      '.',
      ...args.filter((arg) => !arg.startsWith('--shell=')),
    ]);
  if (!noWindow && shell !== 'browser' && ready.electronReason)
    process.stderr.write(`Electron is not used: ${ready.electronReason}\n`);
  return browser(ready);
}

/** @param {import('./setup/index.mjs').Ready} ready */
function browser(ready) {
  const canOpen = ready.display && ready.chromium;
  return run(ready.node, ['--disable-sigusr1', join(ROOT, 'main/shell/browser/main.ts'), ...args], {
    KEYBENCH_BROWSER: canOpen ? (ready.chromium ?? '') : '',
    KEYBENCH_BEGAN: String(Math.round(performance.timeOrigin + began)),
  });
}

/**
 * Runs to the end with our own standard streams; signals reach it from the terminal, or through us.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>}
 */
function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    const pass = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
    process.on('SIGINT', pass);
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.off(name, pass);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}
