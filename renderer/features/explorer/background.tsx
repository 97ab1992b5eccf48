// What of the Explorer works from every screen.
import { useNavigation } from '../../host/navigation.ts';
import { useProviders } from '../../host/providers.ts';
import { useCommands } from '../../ui/commands.ts';
import { messages } from './messages.ts';
import { openNew } from './new-request.ts';

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
