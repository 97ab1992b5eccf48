import { expect, test } from 'vitest';
import { AppError } from '../../../../preload/contract/errors.ts';
import { addKey, type Destination } from '../../../../renderer/features/keys/add-key.ts';

type Api = Parameters<typeof addKey>[0];
const KEY = { name: 'a', provider: 'openai', baseUrl: 'https://api.openai.com/v1', secret: 'sk-CANARY-x' };

async function run(
  status: Parameters<typeof addKey>[1],
  destination: Destination,
  failing?: string,
): Promise<string[]> {
  const calls: string[] = [];
  const method = (name: string) => async (input: { backend?: string }) => {
    calls.push(input.backend ? `${name} to ${input.backend}` : name);
    if (name === failing) throw new AppError('VAULT_WRONG_PASSPHRASE', 'No.');
  };
  const api = Object.fromEntries(
    ['keys.add', 'keychain.allowMemory', 'vault.create', 'vault.unlock'].map((name) => [name, method(name)]),
  ) as unknown as Api;
  await addKey(api, status, KEY, destination).catch(() => calls.push('rejected'));
  return calls;
}
const vault = (state: 'absent' | 'locked' | 'unlocked') => ({ vault: state, memoryAllowed: false });
const to = (choice: 'memory' | 'vault') => ({ choice, passphrase: 'correct horse' });

test('without a choice core decides where it goes', async () => {
  expect(await run(vault('absent'), null)).toEqual(['keys.add']);
});

test('memory is allowed once, then used', async () => {
  expect(await run(vault('absent'), to('memory'))).toEqual(['keychain.allowMemory', 'keys.add to memory']);
  expect(await run({ vault: 'absent', memoryAllowed: true }, to('memory'))).toEqual(['keys.add to memory']);
});

test('a vault is made or opened before the key goes into it', async () => {
  expect(await run(vault('absent'), to('vault'))).toEqual(['vault.create', 'keys.add to vault']);
  expect(await run(vault('locked'), to('vault'))).toEqual(['vault.unlock', 'keys.add to vault']);
  expect(await run(vault('unlocked'), to('vault'))).toEqual(['keys.add to vault']);
});

test('with a wrong passphrase the key is not sent at all', async () => {
  expect(await run(vault('locked'), to('vault'), 'vault.unlock')).toEqual(['vault.unlock', 'rejected']);
});
