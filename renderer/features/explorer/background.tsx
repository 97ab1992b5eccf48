// What of the Explorer works from every screen.
import { useNavigation } from '../../host/navigation.ts';
import { useProviders } from '../../host/providers.ts';
import { announceCommands, useCommands } from '../../ui/commands.ts';
import { COMMANDS } from './command-list.ts';
import { messages } from './messages.ts';
import { openNew } from './new-request.ts';

announceCommands(Object.values(COMMANDS));

export function Background() {
  const navigation = useNavigation();
  const providers = useProviders();
  useCommands([
    {
      id: 'explorer.new',
      group: 'Requests',
      title: messages.newRequest,
      keys: ['$mod+KeyT', '$mod+KeyN'],
      run: () => {
        navigation.go('explorer');
        openNew(providers);
      },
    },
  ]);
  return null;
}
