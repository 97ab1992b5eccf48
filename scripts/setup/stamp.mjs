// What set-up remembers between two starts, so that the second one only looks at a few files.
// It lies in node_modules: whoever deletes that folder starts afresh, and nothing is written elsewhere.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Stamp
 * @property {string} lock sha256 of the lock file these packages were installed from
 * @property {string} [node] fingerprint of the Node binary that was seen running
 * @property {string} [keytar] fingerprint of the keytar binary that was seen loading
 * @property {{ reason: string, lacking: string[] }} [keytarFailed]
 * @property {string} [electronFailed] why Electron's binary could not be downloaded; tried once per lock file
 * @property {Record<string, string>} [notInstallable] system packages a package manager refused, with its reason
 */

const FILE = 'node_modules/.keybench-setup.json';

/**
 * @param {string} root
 * @returns {Stamp | null}
 */
export function readStamp(root) {
  try {
    const value = JSON.parse(readFileSync(join(root, FILE), 'utf8'));
    return typeof value?.lock === 'string' ? value : null;
  } catch {
    return null;
  }
}

/**
 * Saves the stamp; a folder that cannot be written only means that the next start looks again.
 * @param {string} root
 * @param {Stamp} stamp
 */
export function writeStamp(root, stamp) {
  const file = join(root, FILE);
  const part = `${file}.${process.pid}`;
  try {
    writeFileSync(part, `${JSON.stringify(stamp, null, 2)}\n`);
    renameSync(part, file);
  } catch {
    // See above.
  }
}

/** @param {string} root */
export function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * Size and time of a file: enough to know that a binary is the one that was tried before.
 * @param {string} file
 */
export function fingerprint(file) {
  if (!existsSync(file)) return '';
  const { size, mtimeMs } = statSync(file);
  return `${size}:${Math.trunc(mtimeMs)}`;
}
