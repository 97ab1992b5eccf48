// History: every request that was sent, searchable, with what came back.
import { History } from 'lucide-react';
import { useNavigation } from '../../host/navigation.ts';
import { useCommands } from '../../ui/commands.ts';
import type { Feature } from '../../ui/feature.ts';
import { lazyScreen } from '../../ui/lazy-screen.ts';
import { askDelete } from './history-view.ts';
import { messages } from './messages.ts';
import { wantSearchFocus } from './use-focus-search.ts';

/** Searching and clearing history work from every screen. */
function HistoryBackground() {
  const navigation = useNavigation();
  useCommands([
    {
      id: 'history.search',
      group: 'Data',
      title: messages.commands.search,
      keys: '$mod+Shift+KeyF',
      run: () => {
        navigation.go('history');
        wantSearchFocus();
      },
    },
    // Not marked destructive: its own dialog asks.
    {
      id: 'history.deleteAll',
      group: 'Data',
      title: messages.commands.removeAll,
      run: () => {
        navigation.go('history');
        askDelete('all');
      },
    },
  ]);
  return null;
}

export const feature: Feature = {
  id: 'history',
  title: messages.title,
  icon: History,
  Sidebar: lazyScreen(async () => (await import('./history-sidebar.tsx')).HistorySidebar),
  Main: lazyScreen(async () => (await import('./history-screen.tsx')).HistoryScreen),
  Background: HistoryBackground,
};
