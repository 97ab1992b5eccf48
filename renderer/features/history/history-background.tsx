import { useNavigation } from '../../host/navigation.ts';
import { useCommands } from '../../ui/commands.ts';
import { COMMAND_TITLES } from './command-titles.ts';
import { wantSearchFocus } from './use-focus-search.ts';

/** Searching and clearing history work from every screen, from the first paint on; the screen itself comes later. */
export function HistoryBackground() {
  const navigation = useNavigation();
  useCommands([
    {
      id: 'history.search',
      group: 'Data',
      title: COMMAND_TITLES.search,
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
      title: COMMAND_TITLES.removeAll,
      run: () => {
        navigation.go('history');
        void import('./history-view.ts').then(({ askDelete }) => askDelete('all'));
      },
    },
  ]);
  return null;
}
