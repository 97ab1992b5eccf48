// The window carries plain copies of two facts of the contract; they must not drift from it.
import { expect, test } from 'vitest';
import { contract } from '../../../preload/contract/index.ts';
import { DEFAULT_SETTINGS as FROM_CONTRACT } from '../../../preload/contract/settings.ts';
import { DEFAULT_SETTINGS } from '../../../renderer/host/default-settings.ts';
import { METHODS } from '../../../renderer/host/methods.ts';

test('the window knows every method and its kind', () => {
  const kinds = Object.fromEntries(Object.entries(contract).map(([name, { kind }]) => [name, { kind }]));
  expect(METHODS).toEqual(kinds);
});

test("the window's default settings are the contract's", () => {
  expect(DEFAULT_SETTINGS).toEqual(FROM_CONTRACT);
});
