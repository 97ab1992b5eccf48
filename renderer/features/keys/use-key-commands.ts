// What can be done to keys from the palette. Single letters are the list's own, not global shortcuts.
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import { type Command, useCommands } from '../../ui/commands.ts';
import { checkAllAndSay, checkAndSay } from './key-toasts.ts';
import { openDialog, startRename } from './keys-store.ts';
import { messages } from './messages.ts';

const text = messages.commands;

/** Commands about the selected key; they exist while the Keys screen is shown. */
export function useKeyCommands(
  keys: readonly KeyInfo[],
  selected: KeyInfo | undefined,
  use: (key: KeyInfo) => void,
): void {
  const onSelected = (act: (key: KeyInfo) => void): Pick<Command, 'enabled' | 'run' | 'hint'> => ({
    ...(selected ? { hint: selected.name } : {}),
    enabled: () => selected !== undefined,
    run: () => selected && act(selected),
  });
  useCommands([
    {
      id: 'keys.checkAll',
      group: 'Keys',
      title: text.checkAll,
      enabled: () => keys.length > 0,
      run: () => void checkAllAndSay(keys),
    },
    { id: 'keys.check', group: 'Keys', title: text.check, ...onSelected((key) => void checkAndSay(key)) },
    { id: 'keys.use', group: 'Keys', title: text.use, ...onSelected(use) },
    { id: 'keys.rename', group: 'Keys', title: text.rename, ...onSelected((key) => startRename(key.id)) },
    {
      id: 'keys.replace',
      group: 'Keys',
      title: text.replace,
      ...onSelected((key) => openDialog({ kind: 'replace', id: key.id })),
    },
    // Not marked destructive: its own dialog asks.
    {
      id: 'keys.remove',
      group: 'Keys',
      title: text.remove,
      ...onSelected((key) => openDialog({ kind: 'remove', id: key.id })),
    },
  ]);
}
