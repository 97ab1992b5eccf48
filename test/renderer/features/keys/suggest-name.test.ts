import { expect, test } from 'vitest';
import { suggestName } from '../../../../renderer/features/keys/suggest-name.ts';

test('offers a name after the provider', () => {
  expect(suggestName('anthropic', [])).toBe('anthropic-dev');
});

test('offers a name that is free, whatever the case of those taken', () => {
  expect(suggestName('openai', ['OpenAI-Dev', 'other'])).toBe('openai-dev-2');
  expect(suggestName('openai', ['openai-dev', 'openai-dev-3', 'openai-dev-2'])).toBe('openai-dev-4');
});
