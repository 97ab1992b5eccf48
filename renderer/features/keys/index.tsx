// Keys: names, where they live, whether providers take them. Their values never come back out.
import { KeyRound } from 'lucide-react';
import { keysQuery } from '../../host/keys.ts';
import { useNavigation } from '../../host/navigation.ts';
import { queryClient } from '../../host/queries.ts';
import { useCommands, usePaletteSource } from '../../ui/commands.ts';
import type { Feature } from '../../ui/feature.ts';
import { filterKeys } from './filter-keys.ts';
import { KeysScreen } from './keys-screen.tsx';
import { KeysSidebar } from './keys-sidebar.tsx';
import { messages } from './messages.ts';

/** Adding and finding a key works from every screen. Only names are found, never values. */
function KeysBackground() {
  const navigation = useNavigation();
  useCommands([
    { id: 'keys.add', group: 'Keys', title: messages.commands.add, run: () => navigation.addKey() },
  ]);
  usePaletteSource({
    id: 'keys',
    prefix: '@',
    group: messages.title,
    always: true,
    search: async (q) =>
      filterKeys(await queryClient.ensureQueryData(keysQuery), q, null).map((key) => ({
        id: key.id,
        title: key.name,
        hint: `${key.provider} ··${key.last4}`,
        run: () => navigation.showKey(key.id),
      })),
  });
  return null;
}

export const feature: Feature = {
  id: 'keys',
  title: messages.title,
  icon: KeyRound,
  Sidebar: KeysSidebar,
  Main: KeysScreen,
  Background: KeysBackground,
};
