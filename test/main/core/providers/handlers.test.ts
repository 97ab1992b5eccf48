import { expect, test } from 'vitest';
import { providersHandlers } from '../../../../main/core/providers/handlers.ts';
import { createRegistry } from '../../../../main/core/providers/registry.ts';
import { connectLocal } from '../../../../main/core/rpc/local.ts';
import { providers } from '../../../../preload/contract/providers.ts';

test('the window gets the list and, through the sender, the models', async () => {
  const registry = createRegistry({ demoOrigin: () => 'http://127.0.0.1:1' });
  const asked: unknown[] = [];
  const { client, close } = connectLocal(
    providers,
    providersHandlers({
      registry,
      models: async (input, signal) => {
        asked.push(input, signal.aborted);
        return { models: [{ id: 'm', label: 'M' }], source: 'built-in', note: 'No key.' };
      },
    }),
  );
  expect(await client['providers.list']({})).toEqual(registry.list());
  expect(await client['providers.models']({ provider: 'openai', keyId: null })).toEqual({
    models: [{ id: 'm', label: 'M' }],
    source: 'built-in',
    note: 'No key.',
  });
  expect(asked).toEqual([{ provider: 'openai', baseUrl: '', keyId: null }, false]);
  close();
});
