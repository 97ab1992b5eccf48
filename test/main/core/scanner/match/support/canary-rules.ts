// Rules and keys that exist nowhere else. Keys are put together at run time.
import type { KnownKey, Rule, RuleSet } from '../../../../../../main/core/scanner/model.ts';

export const PREFIX = ['canary', 'key-'].join('-');
const BODY = 40;

export function rule(over: Partial<Rule> = {}): Rule {
  return {
    id: 'canary-key',
    provider: 'Canary',
    family: 'ai',
    description: 'Opens nothing.',
    severity: 'high',
    anchors: [PREFIX],
    pattern: new RegExp(`(?<![\\w-])${PREFIX}[A-Za-z0-9]{${BODY}}(?![\\w-])`),
    revoke: null,
    samples: { match: [], miss: [] },
    ...over,
  };
}

/** Different for each `seed`, the same in every run. */
export function canaryKey(seed = 1): string {
  return PREFIX + randomText(seed, BODY);
}

export function randomText(seed: number, length: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let state = seed * 2654435761 + 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return letters[(state >>> 8) % letters.length];
  }).join('');
}

export function setOf(...rules: Rule[]): RuleSet {
  return { rules, allow: [], hash: '' };
}

export function knownKey(secret: string, forms: string[] = []): KnownKey {
  return { id: 'known-1', name: 'work', secret, forms };
}
