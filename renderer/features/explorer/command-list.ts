// Commands of the open request, by name and keys: known to the list of shortcuts before the screen is first seen.
import type { KnownCommand } from '../../ui/commands.ts';
import { messages } from './messages.ts';

const command = (id: string, title: string, keys?: string): KnownCommand => ({
  id: `explorer.${id}`,
  group: 'Open request',
  title,
  ...(keys === undefined ? {} : { keys }),
});

export const COMMANDS = {
  send: command('send', messages.send, '$mod+Enter'),
  stop: command('stop', messages.stop, 'Escape'),
  curl: command('curl', messages.copyCurl, '$mod+Shift+KeyC'),
  duplicate: command('duplicate', messages.duplicate, '$mod+KeyD'),
  url: command('url', messages.focusUrl, '$mod+KeyL'),
  view: command('view', messages.toggleView),
  close: command('close', messages.closeThis, '$mod+KeyW'),
  reopen: command('reopen', messages.reopen, '$mod+Shift+KeyT'),
  next: command('next', messages.nextTab, 'Control+Tab'),
  previous: command('previous', messages.previousTab, 'Control+Shift+Tab'),
} as const;
