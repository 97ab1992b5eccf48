// One content in, its hits out. The secrets end here: what leaves has the mask, the fingerprints and the place.
import { fingerprintWith } from '../../keys/fingerprints.ts';
import { fingerprintOf } from '../match/fingerprint.ts';
import { maskSecret } from '../match/mask.ts';
import { createMatcher } from '../match/matcher.ts';
import type { KnownKey, Match } from '../model.ts';
import type { Hit } from './hit.ts';
import type { ScanRules } from './scan-rules.ts';

export interface HitReaderDeps {
  rules: ScanRules;
  knownKeys: readonly KnownKey[];
  pepper: string | null;
  reveal: boolean;
}

export interface HitReader {
  read(content: Uint8Array): { hits: Hit[]; timedOut: boolean };
}

/** What is the same wherever a secret stands. */
type Identity = Pick<Hit, 'masked' | 'fingerprint' | 'keyFingerprint' | 'knownKey' | 'allowed'>;

/** Secrets that are remembered: the same one stands in hundreds of versions of a file, and its fingerprint is slow. */
const REMEMBERED = 4096;

export function createHitReader({ rules, knownKeys, pepper, reveal }: HitReaderDeps): HitReader {
  const matcher = createMatcher(rules.set, knownKeys);
  const known = new Map(knownKeys.map(({ secret, id }) => [secret, id]));
  const seen = new Map<string, Identity>();

  const identify = ({ rule, secret, knownKey }: Match): Identity => {
    const name = `${rule}\0${secret}`;
    let identity = seen.get(name);
    if (!identity) {
      if (seen.size >= REMEMBERED) seen.clear();
      identity = {
        masked: maskSecret(secret),
        fingerprint: fingerprintOf(rule, secret),
        keyFingerprint: pepper === null ? null : fingerprintWith(pepper, secret),
        knownKey: knownKey ?? known.get(secret) ?? null,
        allowed: rules.allowedBySecret(rule, secret),
      };
      seen.set(name, identity);
    }
    return identity;
  };

  return {
    read(content) {
      const { matches, timedOut } = matcher.match(content);
      const hits = matches.map((match): Hit => {
        const { rule, secret, start, end, line, column, allowedInline } = match;
        const hit = { rule, ...identify(match), line, column, start, end, inline: allowedInline };
        return reveal ? { ...hit, revealed: { secret } } : hit;
      });
      return { hits, timedOut: timedOut.length > 0 };
    },
  };
}
