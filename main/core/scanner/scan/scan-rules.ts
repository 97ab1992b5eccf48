// Rules as a scan runs them. What a repository's own file says may add rules, and hide findings, but it may not make the
// scan look at less: what it switches off or allows is matched all the same and comes out as suppressed.
import { createHash } from 'node:crypto';
import { allowedBy, pathAllowed } from '../match/allow.ts';
import type { AllowList, Rule, RuleChoice, RuleSet } from '../model.ts';
import { ruleSet } from '../rules/rule-set.ts';
import { createPatience } from './patient.ts';

export interface ScanRules {
  /** To match with. Its hash covers everything here. */
  set: RuleSet;
  /** One sentence each. */
  problems: string[];
  byId: ReadonlyMap<string, Rule>;
  /** Who allows this secret wherever it stands, the user's word first. Nobody, when it takes too long to say. */
  allowedBySecret(rule: string, secret: string): Word;
  allowedByPath(rule: string, path: string): Word;
}

type Word = 'user' | 'repository' | null;

export function scanRules(choice: RuleChoice): ScanRules {
  const own = ruleSet({ ...choice, configs: choice.configs.filter(({ from }) => from !== 'repository') });
  const all = ruleSet(choice);
  const wanted = new Set(own.set.rules.map(({ id }) => id));
  const left = new Set(all.set.rules.map(({ id }) => id));
  const rules = [...own.set.rules, ...all.set.rules.filter(({ id }) => !wanted.has(id))];
  const user = own.set.allow;
  const repository = all.set.allow.slice(user.length);
  const who = (test: (list: AllowList) => boolean, rule: string): Word => {
    if (user.some(test)) return 'user';
    // Not in either: a stored key that no rule describes.
    const switchedOff = wanted.has(rule) && !left.has(rule);
    return switchedOff || repository.some(test) ? 'repository' : null;
  };
  const paths = new Map<string, Word>();
  const patience = createPatience();
  const ask = (question: () => Word): Word =>
    all.set.allow.some((list) => list.paths.length + list.secrets.length > 0)
      ? patience(question)
      : question();
  return {
    set: {
      rules,
      allow: all.set.allow,
      hash: createHash('sha256').update(`${own.set.hash} ${all.set.hash}`).digest('hex'),
    },
    problems: all.problems,
    byId: new Map(rules.map((rule) => [rule.id, rule])),
    allowedBySecret: (rule, secret) => ask(() => who((list) => allowedBy(list, rule, secret), rule)),
    allowedByPath(rule, path) {
      const name = `${rule}\0${path}`;
      let word = paths.get(name);
      if (word === undefined) {
        word = ask(() => who((list) => pathAllowed(list, rule, path), rule));
        paths.set(name, word);
      }
      return word;
    },
  };
}
