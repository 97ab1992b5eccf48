// What people read of a finding besides its secret: path, author, refs. A key may stand in any of them, and none of
// them may carry it out of the thread or into the cache.
import { maskText } from '../match/mask-text.ts';
import { createMatcher } from '../match/matcher.ts';
import type { KnownKey, Matcher, RuleSet } from '../model.ts';

export type NameMask = (name: string) => string;

/** The shortest format of a key that any rule knows has more characters. */
const LEAST = 12;

/** The matcher is made when the first name comes; names repeat, and each is looked at once. */
export function createNameMask(set: RuleSet, known: readonly KnownKey[]): NameMask {
  const masked = new Map<string, string>();
  let matcher: Matcher | undefined;
  return (name) => {
    if (name.length < LEAST && !known.some(({ secret }) => name.includes(secret))) return name;
    const seen = masked.get(name);
    if (seen !== undefined) return seen;
    matcher ??= createMatcher(set, known);
    const text = maskText(name, matcher);
    masked.set(name, text);
    return text;
  };
}
