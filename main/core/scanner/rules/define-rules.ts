// Makes rules of short specifications and gives each rule its samples.
import type { Rule, RuleFamily } from '../model.ts';
import { filler, sample } from './sample.ts';

export interface RuleSpec extends Omit<Rule, 'family' | 'samples'> {
  /** Template of the secret, see `sample()`; or a function of a seed, for formats with a check sum. */
  key: string | ((seed: number) => string);
  /** Texts with `{}` where the secret stands, for rules that need to read what is around it. */
  within?: readonly string[];
  /** Templates of texts that are no finding, besides the ones that every rule gets. */
  miss?: readonly string[];
  /** A shortened secret is a finding as well: formats without a fixed length. */
  anyLength?: boolean;
}

/** Rules of one family, in the order given. */
export function defineRules(family: RuleFamily, specs: readonly RuleSpec[]): Rule[] {
  return specs.map((spec) => {
    const { key, within, miss, anyLength, ...rule } = spec;
    return {
      ...rule,
      family,
      // Only tests read them; a scan of a few files should not wait for a thousand.
      get samples() {
        return { match: matches(spec), miss: misses(spec) };
      },
    };
  });
}

function matches({ key, within = ['{}', 'key = "{}";'] }: RuleSpec): string[] {
  return within.map((text, index) => place(text, keyOf(key, index + 1)));
}

/** What must not be found for any rule: the placeholder, the cut key, the key without the words it needs. */
function misses({ key, within = ['{}'], miss = [], anyLength = false }: RuleSpec): string[] {
  const texts = miss.map((template) => sample(template, 7));
  const whole = keyOf(key, 3);
  if (typeof key === 'string') texts.push(...within.map((text) => place(text, filler(key))));
  if (!anyLength) texts.push(...within.map((text) => place(text, whole.slice(0, (whole.length * 3) >> 2))));
  if (!within.includes('{}')) texts.push(whole);
  return texts;
}

const keyOf = (key: RuleSpec['key'], seed: number): string =>
  typeof key === 'string' ? sample(key, seed) : key(seed);

const place = (text: string, secret: string): string => text.replace('{}', () => secret);
