import { expect, test } from 'vitest';
import { keywordsOf } from '../../../../main/core/demo/answer-text.ts';

test('a word that is too long for a word is not cut to the length of one: it may be a key', () => {
  const key = 'sk-CANARY-0123456789abcdefghijklmnopqrstuvwxyz';
  expect(keywordsOf(`Keep ${key} and tidal lagoons`)).toEqual(['lagoons', 'tidal', 'Keep']);
  expect(keywordsOf(key)).toEqual(['your question']);
});
