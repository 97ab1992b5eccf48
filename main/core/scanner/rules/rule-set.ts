// One rule set of the built-in table and the texts that people add.
import { createHash } from 'node:crypto';
import type { AllowList, Rule, RuleChoice, RuleSet } from '../model.ts';
import { type Config, parseConfig } from './config.ts';
import { shortName } from './config-table.ts';
import { RULES } from './index.ts';
import { MATCHER_VERSION } from './version.ts';

export interface ChosenRules {
  set: RuleSet;
  /** What was left out of the configurations, and why: one sentence each. */
  problems: string[];
  /** Bytes, as the user's own configuration says; `null`: it does not. */
  maxBlob: number | null;
}

/**
 * The rules and allow lists that a choice asks for: the user's before the repository's. Never throws. Equal choices give
 * equal hashes on every machine. A repository can add rules; what it wants switched off becomes an allow list over
 * everything, so that it is still found, counted and shown on demand.
 */
export function ruleSet(choice: RuleChoice): ChosenRules {
  const problems: string[] = [];
  const ids = new Set(RULES.map((rule) => rule.id));
  const enable = new Set(choice.enable);
  const disable = new Set(choice.disable);
  const all = [...RULES];
  const allow: AllowList[] = [];
  let maxBlob: number | null = null;
  const parsed: [Config, RuleChoice['configs'][number]][] = [];
  for (const place of [...choice.configs].sort((a, b) => order(a) - order(b))) {
    const config = parseConfig(place.text, place, ids);
    parsed.push([config, place]);
    all.push(...config.rules);
    for (const rule of config.rules) ids.add(rule.id);
    problems.push(...config.problems);
    maxBlob = config.maxBlob ?? maxBlob;
  }
  const check = (names: readonly string[], where: string) => {
    for (const id of names)
      if (!ids.has(id))
        problems.push(`${where}There is no rule "${shortName(id)}"; correct or remove its name.`);
  };
  check([...choice.enable, ...choice.disable], '');
  for (const [config, { from, path }] of parsed) {
    check([...config.enable, ...config.disable, ...config.allow.flatMap((list) => list.rules)], `${path}: `);
    for (const id of config.enable) enable.add(id);
    allow.push(...config.allow);
    if (from !== 'repository') for (const id of config.disable) disable.add(id);
    else if (config.disable.length > 0) allow.push(everything(config.disable));
  }
  const rules = all.filter(
    (rule) => !disable.has(rule.id) && (rule.enabled !== false || enable.has(rule.id)),
  );
  return { set: { rules, allow, hash: hashOf(rules, allow) }, problems, maxBlob };
}

const order = ({ from }: RuleChoice['configs'][number]): number => Number(from === 'repository');

const everything = (rules: readonly string[]): AllowList => ({
  rules,
  paths: [],
  secrets: [/(?:)/],
  stopWords: [],
  reason: 'The repository switches this rule off.',
});

/** SHA-256 over all that decides what is matched, in the order of the rules. */
function hashOf(rules: readonly Rule[], allow: readonly AllowList[]): string {
  const hash = createHash('sha256');
  const feed = (value: unknown) => hash.update(`${JSON.stringify(value)}\n`);
  feed(['keybench rules', MATCHER_VERSION]);
  for (const { id, family, anchors, pattern, reach, entropy, check } of rules)
    feed([
      id,
      family,
      anchors,
      pattern.source,
      pattern.flags,
      reach ?? null,
      entropy ?? null,
      check?.toString() ?? null,
    ]);
  for (const { rules: ids, paths, secrets, stopWords } of allow)
    feed([ids, paths.map(String), secrets.map(String), stopWords]);
  return hash.digest('hex');
}
