import { expect, test } from 'vitest';
import { storageNeed } from '../../../../renderer/features/keys/storage-choice.ts';

test('where core says it stores, nothing is asked', () => {
  for (const backend of ['keychain', 'memory'] as const)
    expect(storageNeed({ state: 'ready', writesTo: backend, vault: 'absent' })).toEqual({
      kind: 'ready',
      backend,
    });
  expect(storageNeed({ state: 'no-bus', writesTo: 'vault', vault: 'unlocked' })).toEqual({
    kind: 'ready',
    backend: 'vault',
  });
});

test('a keychain that is still being looked for is waited for, a broken one needs a choice', () => {
  expect(storageNeed({ state: 'probing', writesTo: null, vault: 'absent' }).kind).toBe('probing');
  for (const state of ['locked', 'no-service', 'no-bus', 'hung', 'crashed', 'denied', 'missing'] as const)
    expect(storageNeed({ state, writesTo: null, vault: 'absent' }).kind).toBe('choose');
});

test('a vault that is locked must be opened first', () => {
  expect(storageNeed({ state: 'no-bus', writesTo: 'vault', vault: 'locked' }).kind).toBe('choose');
});
