// Electron's binary. Its npm package has no install script; importing the package would start a download and throw
// when that fails, so its presence is told by the file system alone.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writableCache } from './npm-packages.mjs';
import { runCommand } from './run-command.mjs';

/** One try, and not longer than this: after it the browser shell opens instead. */
const DOWNLOAD_SECONDS = 60;

/**
 * @param {string} root
 * @returns {string | null} path of the binary
 */
export function findElectron(root) {
  const folder = join(root, 'node_modules/electron');
  const name = platformPath(folder);
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const file = override ? join(override, name ?? 'electron') : name && join(folder, 'dist', name);
  return file && existsSync(file) ? file : null;
}

/** @param {string} folder */
function platformPath(folder) {
  try {
    return readFileSync(join(folder, 'path.txt'), 'utf8').trim() || null;
  } catch {
    return null; // not downloaded yet
  }
}

/** A window can only open where there is a display. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * @param {string} root
 * @param {string} node
 * @returns {Promise<string>} '' when the binary is there afterwards, else the reason in one line
 */
export async function downloadElectron(root, node) {
  const script = join(root, 'node_modules/electron/install.js');
  if (!existsSync(script)) return 'The npm package electron is not installed.';
  const result = await runCommand(node, [script], { seconds: DOWNLOAD_SECONDS, env: writableCache(root) });
  return findElectron(root) ? '' : `Its binary could not be downloaded (${result.reason}).`;
}
