// Finds programs on PATH and at the places where browsers lie, by the file system only: nothing is started.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @param {string[]} names the first one that is found wins
 * @returns {string | null} its full path
 */
export function findProgram(...names) {
  const ends = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names)
    for (const folder of folders)
      for (const end of ends) {
        const file = join(folder, name + end);
        if (isExecutable(file)) return file;
      }
  return null;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const MAC_BROWSERS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS_BROWSERS = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
];

/**
 * A browser of the Chromium family. `KEYBENCH_BROWSER` names one explicitly.
 * @returns {string | null}
 */
export function findBrowser() {
  const { env } = process;
  if (env.KEYBENCH_BROWSER) return isExecutable(env.KEYBENCH_BROWSER) ? env.KEYBENCH_BROWSER : null;
  const places = [];
  if (process.platform === 'darwin')
    for (const folder of ['/Applications', join(env.HOME ?? '/', 'Applications')])
      places.push(...MAC_BROWSERS.map((path) => join(folder, path)));
  if (process.platform === 'win32')
    for (const folder of [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA])
      if (folder) places.push(...WINDOWS_BROWSERS.map((path) => join(folder, path)));
  const found = places.find(isExecutable);
  if (found) return found;
  const named = findProgram(
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'msedge',
  );
  return named && !isSnapStub(named) ? named : null;
}

/**
 * Ubuntu's /usr/bin/chromium-browser is a script that only says "install the snap".
 * @param {string} file
 */
function isSnapStub(file) {
  return (
    file === '/usr/bin/chromium-browser' && !isExecutable('/snap/bin/chromium') && statSync(file).size < 5000
  );
}
