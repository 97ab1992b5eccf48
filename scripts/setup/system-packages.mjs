// What the operating system must provide, under the names of each package manager, and the one command that gets it.
import { readdirSync, readFileSync } from 'node:fs';
import { findBrowser, findProgram } from './find-program.mjs';
import { runCommand } from './run-command.mjs';

/**
 * @typedef {'compiler' | 'make' | 'python' | 'pkg-config' | 'libsecret' | 'dbus' | 'gdbus' | 'keyring' | 'openssl' | 'browser' | 'git'} Need
 * @typedef {'apt' | 'dnf' | 'pacman' | 'zypper' | 'brew' | 'none'} Manager
 */

/** @type {Record<Need, string>} how a person calls it */
export const NAMES = {
  compiler: 'a C++ compiler',
  make: 'make',
  python: 'Python 3',
  'pkg-config': 'pkg-config',
  libsecret: 'the libsecret headers',
  dbus: 'dbus-run-session',
  gdbus: 'gdbus',
  keyring: 'gnome-keyring',
  openssl: 'openssl',
  browser: 'Chromium or Chrome',
  git: 'git',
};

/** @type {Record<Need, Partial<Record<Manager, string>>>} */
const PACKAGES = {
  compiler: { apt: 'g++', dnf: 'gcc-c++', pacman: 'gcc', zypper: 'gcc-c++' },
  make: { apt: 'make', dnf: 'make', pacman: 'make', zypper: 'make' },
  python: { apt: 'python3', dnf: 'python3', pacman: 'python', zypper: 'python3', brew: 'python' },
  'pkg-config': { apt: 'pkg-config', dnf: 'pkgconf-pkg-config', pacman: 'pkgconf', zypper: 'pkg-config' },
  libsecret: {
    apt: 'libsecret-1-dev',
    dnf: 'libsecret-devel',
    pacman: 'libsecret',
    zypper: 'libsecret-devel',
  },
  dbus: { apt: 'dbus', dnf: 'dbus-daemon', pacman: 'dbus', zypper: 'dbus-1-daemon' },
  gdbus: { apt: 'libglib2.0-bin', dnf: 'glib2', pacman: 'glib2', zypper: 'glib2-tools' },
  keyring: { apt: 'gnome-keyring', dnf: 'gnome-keyring', pacman: 'gnome-keyring', zypper: 'gnome-keyring' },
  browser: {
    apt: 'chromium',
    dnf: 'chromium',
    pacman: 'chromium',
    zypper: 'chromium',
    brew: '--cask chromium',
  },
  openssl: { apt: 'openssl', dnf: 'openssl', pacman: 'openssl', zypper: 'openssl', brew: 'openssl' },
  git: { apt: 'git', dnf: 'git', pacman: 'git', zypper: 'git', brew: 'git' },
};

/** @type {Record<Exclude<Manager, 'none'>, string>} */
const COMMANDS = {
  apt: 'apt-get install -y',
  dnf: 'dnf install -y',
  pacman: 'pacman -S --noconfirm',
  zypper: 'zypper --non-interactive install',
  brew: 'brew install',
};

/**
 * Of these needs, the ones this system does not meet.
 * @param {Need[]} needs
 * @returns {Promise<Need[]>}
 */
export async function lacking(needs) {
  /** @type {Need[]} */
  const missing = [];
  for (const need of needs) if (!(await isThere(need))) missing.push(need);
  return missing;
}

/** @param {Need} need */
async function isThere(need) {
  switch (need) {
    case 'compiler':
      return findProgram('c++', 'g++', 'clang++') !== null;
    case 'make':
      return findProgram('make', 'gmake') !== null;
    case 'python':
      return findProgram('python3', 'python') !== null;
    case 'pkg-config':
      return findProgram('pkg-config') !== null;
    case 'libsecret':
      return (await runCommand('pkg-config', ['--exists', 'libsecret-1'], { seconds: 10 })).ok;
    case 'dbus':
      return findProgram('dbus-run-session') !== null;
    case 'gdbus':
      return findProgram('gdbus') !== null;
    case 'openssl':
      return findProgram('openssl') !== null;
    case 'keyring':
      return findProgram('gnome-keyring-daemon') !== null;
    case 'browser':
      return findBrowser() !== null;
    case 'git':
      return findProgram('git') !== null;
  }
}

/** @returns {Manager} */
function packageManager() {
  if (process.platform === 'darwin') return 'brew';
  if (process.platform !== 'linux') return 'none';
  if (findProgram('apt-get')) return 'apt';
  if (findProgram('dnf')) return 'dnf';
  if (findProgram('pacman')) return 'pacman';
  return findProgram('zypper') ? 'zypper' : 'none';
}

/**
 * The one command that installs these, or '' where we know none.
 * @param {Need[]} needs
 * @param {{ manager?: Manager, root?: boolean, ubuntu?: boolean }} [system]
 */
export function installCommand(
  needs,
  { manager = packageManager(), root = isRoot(), ubuntu = isUbuntu() } = {},
) {
  if (manager === 'none') return '';
  if (manager === 'brew' && needs.some((need) => need === 'compiler' || need === 'make'))
    return 'xcode-select --install';
  const sudo = root || manager === 'brew' ? '' : 'sudo ';
  const names = packageNames(needs, manager, ubuntu);
  return names.length === 0 ? '' : `${sudo}${COMMANDS[manager]} ${names.join(' ')}`;
}

/**
 * @param {Need[]} needs
 * @param {Manager} manager
 * @param {boolean} ubuntu Ubuntu has Chromium only as a snap, which its apt package cannot install unattended
 */
function packageNames(needs, manager, ubuntu) {
  return needs
    .filter((need) => !(ubuntu && need === 'browser'))
    .map((need) => PACKAGES[need][manager])
    .filter((name) => name !== undefined);
}

/** True where we may install system packages ourselves: root on Debian or Ubuntu. */
export function canInstall() {
  return process.platform === 'linux' && isRoot() && findProgram('apt-get') !== null;
}

/**
 * Installs with apt-get. Call only when `canInstall()`.
 * @param {Need[]} needs
 * @returns {Promise<string>} '' when done, else the reason in one line
 */
export async function installSystemPackages(needs) {
  const names = packageNames(needs, 'apt', isUbuntu());
  if (names.length === 0) return 'no package with that name';
  const install = () =>
    runCommand(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...names],
      { seconds: 900 },
    );
  let result = hasPackageLists() ? await install() : null;
  if (!result?.ok) {
    // A fresh container has no package lists, and old lists name files that are gone.
    const update = await runCommand('apt-get', ['update', '-q'], { seconds: 300 });
    if (!update.ok && !result) return update.reason;
    result = await install();
  }
  return result.ok ? '' : result.reason;
}

function hasPackageLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => name.includes('_Packages'));
  } catch {
    return false;
  }
}

const isRoot = () => process.getuid?.() === 0;

function isUbuntu() {
  try {
    return /^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
