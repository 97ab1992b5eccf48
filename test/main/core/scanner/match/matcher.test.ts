import { expect, test } from 'vitest';
import { createMatcher } from '../../../../../main/core/scanner/match/matcher.ts';
import type { Rule } from '../../../../../main/core/scanner/model.ts';

const PREFIX = ['canary', 'key-'].join('-');
const LENGTH = 40;

function rule(over: Partial<Rule> = {}): Rule {
  return {
    id: 'canary-key',
    provider: 'Canary',
    family: 'ai',
    description: 'Opens nothing.',
    severity: 'high',
    anchors: [PREFIX],
    pattern: new RegExp(`(?<![\\w-])${PREFIX}[A-Za-z0-9]{${LENGTH}}(?![\\w-])`),
    revoke: null,
    samples: { match: [], miss: [] },
    ...over,
  };
}

test('a planted key is found', () => {
  const key = PREFIX + 'aB3x'.repeat(LENGTH / 4);
  const { matches } = createMatcher({ rules: [rule()], allow: [], hash: '' }, []).match(
    Buffer.from(`a\nk=${key}&b`),
  );
  expect(matches).toEqual([
    {
      rule: 'canary-key',
      secret: key,
      start: 4,
      end: 4 + key.length,
      line: 2,
      column: 3,
      knownKey: null,
      allowedInline: false,
    },
  ]);
});
