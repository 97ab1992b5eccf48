import { describe, expect, test } from 'vitest';
import { createMatcher } from '../../../../../main/core/scanner/match/matcher.ts';
import type { RuleChoice } from '../../../../../main/core/scanner/model.ts';
import { RULES } from '../../../../../main/core/scanner/rules/index.ts';
import { ruleSet } from '../../../../../main/core/scanner/rules/rule-set.ts';

const NOTHING: RuleChoice = { configs: [], enable: [], disable: [] };
const RULE = `[[rules]]\nid = "acme-key"\nanchors = ["acme_"]\npattern = 'acme_[a-z]{20}'\n`;

const user = (text: string) => ({ from: 'user', path: 'mine.toml', text }) as const;
const repository = (text: string) => ({ from: 'repository', path: '.keybench.toml', text }) as const;
const ids = (choice: Partial<RuleChoice>) => ruleSet({ ...NOTHING, ...choice }).set.rules.map(({ id }) => id);
const hash = (choice: Partial<RuleChoice>) => ruleSet({ ...NOTHING, ...choice }).set.hash;

describe('a rule set', () => {
  test('is the whole table without what is off by default', () => {
    expect(ids({})).toEqual(RULES.map(({ id }) => id).filter((id) => id !== 'generic-secret-assignment'));
    expect(ruleSet(NOTHING)).toMatchObject({ problems: [], maxBlob: null });
  });

  test('has what is wanted and lacks what is not', () => {
    const some = ids({ enable: ['generic-secret-assignment'], disable: ['json-web-token'] });
    expect(some).toContain('generic-secret-assignment');
    expect(some).not.toContain('json-web-token');
  });

  test('has the rules of all configurations', () => {
    expect(
      ids({ configs: [user(RULE), repository(RULE.replace('acme-key', 'other-key'))] }).slice(-2),
    ).toEqual(['acme-key', 'other-key']);
  });

  test('keeps the user first, in whatever order the files come', () => {
    const allow = (word: string) => `[[allow]]\nstop_words = ["${word}"]\n`;
    const { set, problems } = ruleSet({
      ...NOTHING,
      configs: [repository(allow('theirs') + RULE), user(allow('mine') + RULE)],
    });
    expect(set.allow.map(({ stopWords }) => stopWords)).toEqual([['mine'], ['theirs']]);
    expect(problems).toEqual([
      '.keybench.toml: rule "acme-key" has the id of another rule; give it one of its own.',
    ]);
  });

  test('says which names are of no rule', () => {
    const { problems } = ruleSet({
      configs: [user('[scan]\ndisable = ["nope"]'), repository('[[allow]]\nrules = ["none"]\npaths = ["a"]')],
      enable: ['never'],
      disable: [],
    });
    expect(problems).toEqual([
      'There is no rule "never"; correct or remove its name.',
      'mine.toml: There is no rule "nope"; correct or remove its name.',
      '.keybench.toml: There is no rule "none"; correct or remove its name.',
    ]);
  });
});

describe('a repository', () => {
  test('cannot switch a rule off: it is matched, and allowed', () => {
    const { set } = ruleSet({ ...NOTHING, configs: [repository('[scan]\ndisable = ["groq-api-key"]')] });
    expect(set.rules.map(({ id }) => id)).toContain('groq-api-key');
    expect(set.allow).toMatchObject([{ rules: ['groq-api-key'] }]);
    expect(set.allow[0]!.secrets.some((pattern) => pattern.test('anything'))).toBe(true);
  });

  test('cannot set the largest content', () => {
    const configs = [user('[scan]\nmax_blob = "1MB"'), repository('[scan]\nmax_blob = 1')];
    expect(ruleSet({ ...NOTHING, configs }).maxBlob).toBe(1024 * 1024);
  });

  test('can switch one on', () => {
    expect(ids({ configs: [repository('[scan]\nenable = ["generic-secret-assignment"]')] })).toContain(
      'generic-secret-assignment',
    );
  });
});

describe('the hash', () => {
  test('is the same for the same choice', () => {
    expect(hash({ configs: [user(RULE)] })).toBe(hash({ configs: [user(RULE)] }));
    expect(hash({})).toMatch(/^[0-9a-f]{64}$/);
  });

  test('changes with whatever decides what is matched', () => {
    const choices: Partial<RuleChoice>[] = [
      {},
      { disable: ['json-web-token'] },
      { enable: ['generic-secret-assignment'] },
      { configs: [user(RULE)] },
      { configs: [user(RULE.replace('{20}', '{21}'))] },
      { configs: [user(RULE.replace("'acme_", "'(?i)acme_"))] },
      { configs: [user(RULE.replace('["acme_"]', '["acme"]'))] },
      { configs: [user(`${RULE}entropy = 3`)] },
      { configs: [user('[[allow]]\nstop_words = ["abc"]')] },
      { configs: [user('[[allow]]\npaths = ["abc"]')] },
      { configs: [user('[[allow]]\nsecrets = ["abc"]')] },
    ];
    expect(new Set(choices.map(hash)).size).toBe(choices.length);
  });

  test('does not change with what people read', () => {
    expect(hash({ configs: [user(`${RULE}description = "Other words."`)] })).toBe(
      hash({ configs: [user(RULE)] }),
    );
  });
});

test('with all rules at once, every sample is told by its own rule', () => {
  const { set } = ruleSet(NOTHING);
  const matcher = createMatcher(set, []);
  const told = set.rules.flatMap((rule) =>
    rule.samples.match.flatMap((sample) => {
      const found = matcher.match(Buffer.from(`\n${sample}\n`, 'latin1')).matches.map((match) => match.rule);
      return found.length === 1 && found[0] === rule.id ? [] : [`${rule.id}: ${found.join(' ')}`];
    }),
  );
  expect(told).toEqual([]);
});
