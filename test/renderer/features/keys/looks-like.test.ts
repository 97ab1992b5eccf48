import { expect, it } from 'vitest';
import type { ProviderInfo } from '../../../../preload/contract/providers.ts';
import { looksLikeOther } from '../../../../renderer/features/keys/looks-like.ts';

const provider = (id: string, keyHint: string) => ({ id, keyHint }) as ProviderInfo;
const anthropic = provider('anthropic', 'sk-ant-…');
const openai = provider('openai', 'sk-…');
const local = provider('compatible', 'often none for a local server');
const all = [anthropic, openai, provider('huggingface', 'hf_…'), local, provider('demo', '')];

it.each([
  ['sk-ant-not-a-key', openai, 'anthropic'],
  ['  sk-not-a-key', anthropic, 'openai'],
  ['hf_notakey', openai, 'huggingface'],
  ['sk-ant-not-a-key', anthropic, undefined],
  ['sk-not-a-key', openai, undefined],
  ['something else', anthropic, undefined],
  ['sk-ant-not-a-key', local, undefined],
  ['', anthropic, undefined],
])('%j for %o looks like %s', (secret, chosen, other) => {
  expect(looksLikeOther(secret, chosen, all)?.id).toBe(other);
});
