// The npm packages of the lock file, and the install scripts package.json allows.
// Scripts are off during `npm ci` and then run by name: so the allow-list holds with every npm (10 does not know
// `allowScripts`), and a failing script of an optional dependency (keytar) cannot remove that package.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }>} Packages */

/**
 * True when node_modules already holds what the lock file says, whoever installed it. npm leaves its own record of
 * the installed tree there; optional packages for other systems are rightly absent, keytar is not.
 * @param {string} root
 */
export function installedMatchesLock(root) {
  const installed = packagesIn(join(root, 'node_modules/.package-lock.json'));
  const wanted = packagesIn(join(root, 'package-lock.json'));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (!found) return entry.optional === true && path !== 'node_modules/keytar';
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Packages | null}
 */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

/** @param {string} root */
export async function installPackages(root) {
  // The release-age rule of .npmrc is for adding packages. npm also applies it to `npm ci` when the lock file has no
  // download addresses (measured: ETARGET); here the integrity hashes of the lock file decide.
  const result = await npm(root, ['ci', '--ignore-scripts', '--min-release-age=0'], 900);
  if (result.ok) return;
  throw new Error(
    `The npm packages could not be installed (${npmReason(result.out) || result.reason}). Check the network and the npm registry setting, then start again.`,
  );
}

/**
 * npm's own words for what went wrong: the first line that is neither a code nor a hint at a log file.
 * @param {string} out
 */
export function npmReason(out) {
  const lines = out.split('\n').flatMap((line) => /^npm (?:error|ERR!) +(.+)/.exec(line.trim())?.[1] ?? []);
  return lines.find((line) => !/^(code|errno|syscall|path|type|A complete log)\b/.test(line)) ?? '';
}

/**
 * Runs the install scripts of one package, e.g. the one that gets Node's binary.
 * @param {string} root
 * @param {string} name
 */
export function runInstallScripts(root, name) {
  return npm(root, ['rebuild', name, '--ignore-scripts=false', '--min-release-age=0'], 300);
}

/**
 * @param {string} root
 * @param {string[]} args
 * @param {number} seconds
 */
function npm(root, args, seconds) {
  const options = { cwd: root, seconds, env: writableCache(root) };
  const { npm_execpath: own } = process.env;
  if (own && /npm-cli\.c?js$/.test(own) && existsSync(own))
    return runCommand(process.execPath, [own, ...args], options);
  // On Windows npm is a .cmd file, which only a shell can start; the arguments are constants of this file.
  return runCommand('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * npm and Electron's installer keep their caches in the home folder; where that cannot be written, they are kept in
 * the clone. (Not in the shared temporary folder, where another user could have put something for us.)
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function writableCache(root) {
  try {
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    const base = join(root, '.keybench/cache');
    return { npm_config_cache: join(base, 'npm'), electron_config_cache: join(base, 'electron') };
  }
}
