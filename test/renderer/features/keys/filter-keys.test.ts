import { expect, test } from 'vitest';
import type { KeyInfo } from '../../../../preload/contract/keys.ts';
import { countByProvider, filterKeys } from '../../../../renderer/features/keys/filter-keys.ts';

const key = (name: string, provider: string, last4: string): KeyInfo => ({
  id: crypto.randomUUID(),
  name,
  provider,
  origin: `https://api.${provider}.test`,
  baseUrl: `https://api.${provider}.test/v1`,
  last4,
  backend: 'keychain',
  createdAt: 0,
  lastUsedAt: null,
  uses: 0,
  lastCheck: null,
  state: 'active',
  stateText: '',
});
const keys = [
  key('prod-oncall', 'anthropic', '7Qx2'),
  key('batch', 'openai', '93ab'),
  key('prod', 'openai', 'k0Lm'),
];
const names = (filter: string, provider: string | null = null) =>
  filterKeys(keys, filter, provider).map(({ name }) => name);

test('no filter shows every key', () => {
  expect(names('')).toHaveLength(3);
  expect(names('   ')).toHaveLength(3);
});

test('every word must be found, in name, provider, origin or last four characters, in any case', () => {
  expect(names('PROD')).toEqual(['prod-oncall', 'prod']);
  expect(names('prod openai')).toEqual(['prod']);
  expect(names('7qx2')).toEqual(['prod-oncall']);
  expect(names('api.openai')).toEqual(['batch', 'prod']);
  expect(names('nothing')).toEqual([]);
});

test('a chosen provider narrows further', () => {
  expect(names('prod', 'anthropic')).toEqual(['prod-oncall']);
  expect(names('', 'huggingface')).toEqual([]);
});

test('counts keys per provider', () => {
  expect(countByProvider(keys)).toEqual(
    new Map([
      ['anthropic', 1],
      ['openai', 2],
    ]),
  );
});
