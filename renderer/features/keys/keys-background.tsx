import { useNavigation } from '../../host/navigation.ts';
import { useCommands } from '../../ui/commands.ts';
import { messages } from './messages.ts';

/** Adding a key works from every screen; the palette finds them by name. */
export function KeysBackground() {
  const navigation = useNavigation();
  useCommands([
    { id: 'keys.add', group: 'Keys', title: messages.commands.add, run: () => navigation.addKey() },
  ]);
  return null;
}
