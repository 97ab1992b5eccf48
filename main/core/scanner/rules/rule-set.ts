// One rule set of the built-in table and the texts that people add.
import { createHash } from 'node:crypto';
import type { AllowList, Rule, RuleChoice, RuleSet } from '../model.ts';
import { RULES } from './index.ts';
import { MATCHER_VERSION } from './version.ts';

/**
 * The rules and allow lists that a choice asks for. Never throws: what is wrong with a configuration is left out and
 * said in `problems`, one sentence each. Equal choices give equal hashes on every machine.
 */
export function ruleSet(choice: RuleChoice): { set: RuleSet; problems: string[] } {
  const problems: string[] = [];
  const known = new Set(RULES.map((rule) => rule.id));
  for (const id of [...choice.enable, ...choice.disable])
    if (!known.has(id)) problems.push(`There is no rule "${id}"; its name was ignored.`);
  const enable = new Set(choice.enable);
  const disable = new Set(choice.disable);
  const rules = RULES.filter(
    (rule) => !disable.has(rule.id) && (rule.enabled !== false || enable.has(rule.id)),
  );
  const allow: AllowList[] = [];
  return { set: { rules, allow, hash: hashOf(rules, allow) }, problems };
}

/** SHA-256 over all that decides what is matched, in the order of the rules. */
function hashOf(rules: readonly Rule[], allow: readonly AllowList[]): string {
  const hash = createHash('sha256');
  const feed = (value: unknown) => hash.update(`${JSON.stringify(value)}\n`);
  feed(['keybench rules', MATCHER_VERSION]);
  for (const rule of rules) {
    const { id, anchors, pattern, reach, entropy, check } = rule;
    feed([
      id,
      anchors,
      pattern.source,
      pattern.flags,
      reach ?? null,
      entropy ?? null,
      check?.toString() ?? null,
    ]);
  }
  for (const list of allow) {
    const { rules: ids, paths, secrets, stopWords } = list;
    feed([ids, paths.map(String), secrets.map(String), stopWords]);
  }
  return hash.digest('hex');
}
