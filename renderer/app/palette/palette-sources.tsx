import { useQueryClient } from '@tanstack/react-query';
import { getApi } from '../../host/api.ts';
import { exampleDraft } from '../../host/example-draft.ts';
import { keysQuery } from '../../host/keys.ts';
import { useNavigation } from '../../host/navigation.ts';
import { providersQuery } from '../../host/providers.ts';
import { type PaletteItem, usePaletteSource } from '../../ui/commands.ts';
import { formatAgo } from '../../ui/format.ts';
import { messages } from '../messages.ts';

const matches = (q: string, ...texts: string[]) =>
  texts.some((text) => text.toLowerCase().includes(q.toLowerCase()));

/** Keys, models and stored requests in the palette. Draws nothing. */
export function PaletteSources() {
  const navigation = useNavigation();
  const cache = useQueryClient();

  usePaletteSource({
    id: 'keys',
    prefix: '@',
    group: messages.palette.keys,
    always: true,
    search: async (q) => {
      const [keys, providers] = await Promise.all([
        cache.fetchQuery(keysQuery),
        cache.fetchQuery(providersQuery),
      ]);
      const nameOf = (id: string) => providers.find((one) => one.id === id)?.name ?? id;
      return keys
        .filter((key) => matches(q, key.name, nameOf(key.provider), key.last4))
        .map((key) => ({
          id: key.id,
          title: key.name,
          hint: `${nameOf(key.provider)} ··${key.last4}`,
          run: () => navigation.showKey(key.id),
        }));
    },
  });

  usePaletteSource({
    id: 'models',
    prefix: '#',
    group: messages.palette.models,
    search: async (q, signal) => {
      const [keys, providers] = await Promise.all([
        cache.fetchQuery(keysQuery),
        cache.fetchQuery(providersQuery),
      ]);
      // One list per provider that can be used now: with a key of its own, or without need of one.
      const usable = providers.flatMap((provider) => {
        const key = keys.find((one) => one.provider === provider.id && one.state === 'active');
        return key || provider.key === 'none' ? [{ provider, key: key ?? null }] : [];
      });
      const lists = await Promise.all(
        usable.map(async ({ provider, key }): Promise<PaletteItem[]> => {
          const input = { provider: provider.id, baseUrl: key?.baseUrl ?? '', keyId: key?.id ?? null };
          const { models } = await cache.fetchQuery({
            queryKey: ['models', input],
            queryFn: () => getApi()['providers.models'](input, { signal }),
            staleTime: 5 * 60_000,
          });
          return models
            .filter((model) => matches(q, model.id, model.label))
            .map((model) => ({
              id: `${provider.id}/${model.id}`,
              title: model.id,
              hint: provider.name,
              run: () => navigation.openDraft(exampleDraft(provider, key, model.id)),
            }));
        }),
      );
      return lists.flat();
    },
  });

  usePaletteSource({
    id: 'history',
    prefix: '/',
    group: messages.palette.history,
    always: true,
    search: async (q, signal) => {
      const page = await getApi()['history.list']({ q, limit: 12 }, { signal });
      return page.rows.map((row) => ({
        id: row.id,
        title: row.name || row.prompt.slice(0, 80) || row.api,
        hint: [row.model, row.status, formatAgo(row.at, Date.now())].filter(Boolean).join(' · '),
        run: () => navigation.showRequest(row.id),
      }));
    },
  });
  return null;
}
