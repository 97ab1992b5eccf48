// What a cache is good for: equal hex means that the same contents would give the same hits.
import { createHash } from 'node:crypto';
import { pepperId } from '../../keys/fingerprints.ts';
import { fingerprintOf } from '../match/fingerprint.ts';
import { KNOWN_KEY_RULE } from '../match/matcher.ts';
import type { ScanRequest } from '../model.ts';
import type { ScanRules } from './scan-rules.ts';

/** Rules, allow lists, the known keys and the pepper, none of which can be told from it. */
export function cacheRules(
  rules: ScanRules,
  { knownKeys, pepper }: Pick<ScanRequest, 'knownKeys' | 'pepper'>,
): string {
  const hash = createHash('sha256');
  const feed = (text: string) => hash.update(`${text}\n`);
  feed(rules.set.hash);
  feed(pepper === null ? 'no pepper' : pepperId(pepper));
  // Slow on purpose: the name of a file must not be a way to try guesses.
  const keys = knownKeys.map(({ id, secret }) => `${id} ${fingerprintOf(KNOWN_KEY_RULE, secret)}`);
  for (const key of keys.sort()) feed(key);
  return hash.digest('hex');
}
