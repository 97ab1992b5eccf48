import { describe, expect, test } from 'vitest';
import { maskText } from '../../../../../main/core/scanner/match/mask-text.ts';
import { createMatcher } from '../../../../../main/core/scanner/match/matcher.ts';
import { ruleSet } from '../../../../../main/core/scanner/rules/rule-set.ts';
import { sample } from '../../../../../main/core/scanner/rules/sample.ts';

const { set } = ruleSet({ configs: [], enable: [], disable: [] });
const known = 'in-no-format-8f3k2m9q';
const matcher = createMatcher(set, [{ id: 'k', name: 'k', secret: known, forms: [known] }]);
const key = sample('gsk_[an:52]', 1);

describe('a name that people read', () => {
  test.each([
    ['a path', `backup/${key}.txt`, /^backup\/gsk_··\w{4}\.txt$/],
    ['a stored key of no format', `try/${known}`, /^try\/in-n?··\w{1,4}$/],
    ['two in one', `${key} ${known}`, /^gsk_··\w{4} in-n?··\w{1,4}$/],
    ['letters of any language around it', `Zoë ${key} 🗝`, /^Zoë gsk_··\w{4} 🗝$/],
  ])('%s is shown without the secret in it', (_what, name, shown) => {
    const text = maskText(name, matcher);
    expect(text).toMatch(shown);
    for (const secret of [key, known]) expect(text).not.toContain(secret);
  });
  test.each(['', 'src/config.ts', 'Ada Lovelace', 'refs/heads/größer'])('%j stays as it is', (name) =>
    expect(maskText(name, matcher)).toBe(name),
  );
});
