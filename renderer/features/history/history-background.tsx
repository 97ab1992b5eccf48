import { useNavigation } from '../../host/navigation.ts';
import { useCommands } from '../../ui/commands.ts';
import { askDelete } from './history-view.ts';
import { messages } from './messages.ts';
import { wantSearchFocus } from './use-focus-search.ts';

/** Searching and clearing history work from every screen. */
export function HistoryBackground() {
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
