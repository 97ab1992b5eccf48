// Whether keytar works here, remembered by the fingerprint of its binary; built when it does not.
import { buildKeytar, KEYTAR_NEEDS, keytarBinary, keytarLoads } from './keytar.mjs';
import { provide } from './provide.mjs';
import { fingerprint, writeStamp } from './stamp.mjs';
import { lacking, NAMES } from './system-packages.mjs';

/**
 * @param {import('./provide.mjs').Context} context
 * @param {string} node
 * @returns {Promise<string>} '' when keytar loads, else why not, as one sentence
 */
export async function setUpKeytar(context, node) {
  const { root, stamp, steps } = context;
  const binary = keytarBinary(root);
  const seen = fingerprint(binary);
  if (seen !== '' && stamp.keytar === seen) return '';
  if (await keytarLoads(root, node)) return remember(fingerprint(binary));

  const missing = await lacking(KEYTAR_NEEDS);
  const failed = stamp.keytarFailed;
  if (failed && failed.lacking.join() === missing.join()) {
    steps.note('keytar', failed.reason); // nothing has changed since the last try
    return failed.reason;
  }
  const still = await provide(context, 'to build keytar', KEYTAR_NEEDS);
  if (still.length > 0) {
    const lacks = still.map((need) => NAMES[need]).join(', ');
    return giveUp(
      `The OS keychain cannot be used: keytar is not built, because the system lacks ${lacks}.`,
      still,
    );
  }
  const reason = await steps.step(
    'keytar',
    () => buildKeytar(root, node),
    (why) => why && `not built: ${why}`,
  );
  if (reason === '') return remember(fingerprint(binary));
  return giveUp(`The OS keychain cannot be used: keytar could not be built (${reason}).`, []);

  /** @param {string} print */
  function remember(print) {
    stamp.keytar = print;
    delete stamp.keytarFailed;
    writeStamp(root, stamp);
    return '';
  }

  /**
   * @param {string} reason
   * @param {import('./system-packages.mjs').Need[]} lacks
   */
  function giveUp(reason, lacks) {
    stamp.keytarFailed = { reason, lacking: lacks };
    writeStamp(root, stamp);
    return reason;
  }
}
