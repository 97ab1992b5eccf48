// Keys: names, where they live, whether providers take them. Their values never come back out.
import { KeyRound } from 'lucide-react';
import { useNavigation } from '../../host/navigation.ts';
import { useCommands } from '../../ui/commands.ts';
import type { Feature } from '../../ui/feature.ts';
import { lazyScreen } from '../../ui/lazy-screen.ts';
import { messages } from './messages.ts';

/** Adding a key works from every screen; the palette finds them by name. */
function KeysBackground() {
  const navigation = useNavigation();
  useCommands([
    { id: 'keys.add', group: 'Keys', title: messages.commands.add, run: () => navigation.addKey() },
  ]);
  return null;
}

export const feature: Feature = {
  id: 'keys',
  title: messages.title,
  icon: KeyRound,
  Sidebar: lazyScreen(async () => (await import('./keys-sidebar.tsx')).KeysSidebar),
  Main: lazyScreen(async () => (await import('./keys-screen.tsx')).KeysScreen),
  Background: KeysBackground,
};
