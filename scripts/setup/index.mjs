// Set-up: makes a fresh clone ready for a purpose, and does nothing (a few file checks) when it is ready already.
//
//   import { setUp } from './setup/index.mjs';
//   const ready = await setUp({ for: 'start' });
//   ready.node            path of a Node 24 binary: start everything else with it
//   ready.keytar          true when keytar loads on that Node; if not, ready.keytarReason is one sentence
//   ready.chromium        path of a browser of the Chromium family, or null
//   ready.electron        path of Electron's binary, or null; ready.electronReason is the sentence to show (or '')
//   ready.display         true where a window can open
//   ready.lacking         system tools this purpose lacks, e.g. ['dbus', 'keyring'] (already said in one line)
//
// Purposes: 'start' (a window), 'cli' (keys, no window), 'test' (also D-Bus, gnome-keyring, Chromium, git),
// 'build' and 'check' (packages and Node only), 'bench' (also Chromium).
// Rejects with an Error whose message is one sentence for the user, only when Node or the npm packages cannot be had;
// everything else that is lacking leaves the rest working. All lines go to standard error. Runs on Node 20.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadElectron, findElectron, hasDisplay } from './electron.mjs';
import { findBrowser } from './find-program.mjs';
import { setUpKeytar } from './keytar-step.mjs';
import { installNode, nodeBinaryPath } from './node-binary.mjs';
import { installedMatchesLock, installPackages } from './npm-packages.mjs';
import { provide } from './provide.mjs';
import { fingerprint, lockHash, readStamp, writeStamp } from './stamp.mjs';
import { createSteps } from './steps.mjs';

/**
 * @typedef {import('./provide.mjs').Context} Context
 * @typedef {import('./system-packages.mjs').Need} Need
 * @typedef {'start' | 'cli' | 'test' | 'build' | 'check' | 'bench'} Purpose
 * @typedef {object} Ready
 * @property {string} node
 * @property {boolean} keytar
 * @property {string} keytarReason
 * @property {string | null} chromium
 * @property {string | null} electron
 * @property {string} electronReason
 * @property {boolean} display
 * @property {Need[]} lacking
 */

/** The clone this file lies in. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

const OLDEST_NODE = 20;

/** @type {Need[]} */
const TEST_TOOLS =
  process.platform === 'linux'
    ? ['dbus', 'gdbus', 'keyring', 'browser', 'git', 'openssl']
    : ['browser', 'git', 'openssl'];

/**
 * @param {object} options
 * @param {Purpose} options.for
 * @param {boolean} [options.quiet] prints nothing
 * @param {boolean} [options.window] for 'start': false when no window will be opened (`--no-open`)
 * @param {'once' | 'again' | 'never'} [options.electron] for 'start': download its binary once per lock file
 *   (default), again although that failed before (`--shell=electron`), or never (`--shell=browser`)
 * @param {string} [options.root] another clone, for tests
 * @returns {Promise<Ready>}
 */
export async function setUp({
  for: purpose,
  quiet = false,
  window = true,
  electron: download = 'once',
  root = ROOT,
}) {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE)
    throw new Error(
      `Keybench needs Node ${OLDEST_NODE} or newer to set itself up; this is Node ${process.versions.node}.`,
    );
  const steps = createSteps({ quiet });
  const context = { root, steps, stamp: await setUpPackages(root, steps) };
  const node = await setUpNode(context);

  const usesKeys = purpose === 'start' || purpose === 'cli' || purpose === 'test';
  const keytarReason = usesKeys ? await setUpKeytar(context, node) : '';

  const display = hasDisplay();
  const opens = purpose === 'start' && window && display;
  const electronReason =
    opens && download !== 'never' ? await setUpElectron(context, node, download === 'again') : '';
  const electron = findElectron(root);

  /** @type {Need[]} */
  let lacking = [];
  if (purpose === 'test') lacking = await provide(context, 'test tools', TEST_TOOLS);
  else if (purpose === 'bench' || (opens && !electron))
    lacking = await provide(context, 'browser', ['browser']);

  return {
    node,
    keytar: usesKeys && keytarReason === '',
    keytarReason,
    chromium: findBrowser(),
    electron,
    electronReason,
    display,
    lacking,
  };
}

/**
 * @param {string} root
 * @param {import('./steps.mjs').Steps} steps
 * @returns {Promise<import('./stamp.mjs').Stamp>}
 */
async function setUpPackages(root, steps) {
  const lock = lockHash(root);
  const stamp = readStamp(root);
  if (stamp?.lock === lock) return stamp;
  if (!installedMatchesLock(root)) await steps.step('npm packages', () => installPackages(root));
  const fresh = { lock };
  writeStamp(root, fresh);
  return fresh;
}

/** @param {Context} context */
async function setUpNode({ root, stamp, steps }) {
  const known = nodeBinaryPath(root);
  if (stamp.node && stamp.node === fingerprint(known)) return known;
  const node = await steps.step('Node 24', () => installNode(root));
  if (node === known) {
    stamp.node = fingerprint(known);
    writeStamp(root, stamp);
  }
  return node;
}

/**
 * @param {Context} context
 * @param {string} node
 * @param {boolean} again
 * @returns {Promise<string>} '' when the binary is there, else why not
 */
async function setUpElectron({ root, stamp, steps }, node, again) {
  if (findElectron(root)) return '';
  if (stamp.electronFailed && !again) return stamp.electronFailed;
  const reason = await steps.step(
    'Electron',
    () => downloadElectron(root, node),
    (why) => why && 'not available',
  );
  if (reason) stamp.electronFailed = reason;
  else delete stamp.electronFailed;
  writeStamp(root, stamp);
  return reason;
}
