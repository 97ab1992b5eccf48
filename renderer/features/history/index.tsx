// History: every request that was sent, searchable, with what came back.
import { History } from 'lucide-react';
import { getApi } from '../../host/api.ts';
import { useNavigation } from '../../host/navigation.ts';
import { providersQuery } from '../../host/providers.ts';
import { queryClient } from '../../host/queries.ts';
import { useCommands, usePaletteSource } from '../../ui/commands.ts';
import type { Feature } from '../../ui/feature.ts';
import { formatWhen } from '../../ui/format.ts';
import { HistoryScreen } from './history-screen.tsx';
import { HistorySidebar } from './history-sidebar.tsx';
import { askDelete } from './history-view.ts';
import { messages } from './messages.ts';
import { parseQuery, toFilter } from './query.ts';
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
  usePaletteSource({
    id: 'history',
    prefix: '/',
    group: messages.title,
    search: async (q, signal) => {
      const { terms, text } = parseQuery(q, await queryClient.ensureQueryData(providersQuery));
      const page = await getApi()['history.list'](
        { q: text, filter: toFilter(terms), limit: 20 },
        { signal },
      );
      return page.rows.map((row) => ({
        id: row.id,
        title: row.name || row.prompt || messages.list.untitled,
        hint: `${row.provider} · ${messages.states[row.state]} · ${formatWhen(row.at, Date.now())}`,
        run: () => navigation.showRequest(row.id),
      }));
    },
  });
  return null;
}

export const feature: Feature = {
  id: 'history',
  title: messages.title,
  icon: History,
  Sidebar: HistorySidebar,
  Main: HistoryScreen,
  Background: HistoryBackground,
};
