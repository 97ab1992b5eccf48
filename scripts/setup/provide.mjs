// Looks for what the system must have for a purpose, installs it where that is ours to do, and says the rest.
import { writeStamp } from './stamp.mjs';
import { canInstall, installCommand, installSystemPackages, lacking, NAMES } from './system-packages.mjs';

/**
 * @typedef {import('./system-packages.mjs').Need} Need
 * @typedef {object} Context
 * @property {string} root
 * @property {import('./stamp.mjs').Stamp} stamp
 * @property {import('./steps.mjs').Steps} steps
 */

/**
 * @param {Context} context
 * @param {string} what for the printed line, e.g. "test tools"
 * @param {Need[]} needs
 * @returns {Promise<Need[]>} what is lacking afterwards
 */
export async function provide({ root, stamp, steps }, what, needs) {
  const missing = await lacking(needs);
  if (missing.length === 0) return [];
  const set = missing.join(' ');
  const refused = stamp.notInstallable?.[set];
  let reason = refused ?? '';
  if (canInstall() && refused === undefined) {
    reason = await steps.step(
      what,
      () => installSystemPackages(missing),
      (why) =>
        why ? `apt-get: ${why}` : `apt-get installed ${missing.map((need) => NAMES[need]).join(', ')}`,
    );
  }
  const still = await lacking(missing);
  if (still.length === 0) return [];
  if (canInstall()) {
    // Not asked for again at each start: a refusal takes seconds, and the line below says what to do.
    stamp.notInstallable = { ...stamp.notInstallable, [set]: reason };
    writeStamp(root, stamp);
  }
  steps.note(what, lackingSentence(still));
  return still;
}

/** @param {Need[]} needs */
function lackingSentence(needs) {
  const command = installCommand(needs);
  const names = needs.map((need) => NAMES[need]).join(', ');
  return `not there: ${names}${command && `. Run: ${command}`}`;
}
