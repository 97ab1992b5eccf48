// From whatever Node npm runs on to Node 24: starts a script of ours there and becomes its exit code.
import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { ROOT } from './index.mjs';

/**
 * Runs a script on `node` with our standard streams and ends this process as the script ended.
 * `node` is also first on the script's PATH, so that whatever it starts meets the same version.
 * @param {string} node path of the binary
 * @param {string[]} args the script, relative to the clone, and its arguments
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options] `cwd`: default is the clone
 * @returns {Promise<never>}
 */
export function respawn(node, args, { env = {}, cwd = ROOT } = {}) {
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(node, args, { cwd, stdio: 'inherit', env: { ...process.env, PATH, ...env } });
  // A terminal sends these to the child as well; a process manager sends them to us alone.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  return new Promise(() => {
    child.on('error', (error) => fail(`Node could not be started (${error.message}).`));
    child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/**
 * Ends a command whose set-up went wrong: exit code 2, one sentence, no stack.
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(2);
}
