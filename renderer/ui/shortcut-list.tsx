import type { ReactNode } from 'react';
import { commandKeys, type KnownCommand, useKnownCommands } from './commands.ts';
import { Kbd } from './kbd.tsx';
import { ariaKeys } from './key-caps.ts';

/** What every list understands (list-keys.ts): keys in tinykeys syntax, and words. */
const LIST_KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['j', 'ArrowDown'], 'Next row'],
  [['k', 'ArrowUp'], 'Previous row'],
  [['Home', 'End'], 'First, last row'],
  [['Enter'], 'Open'],
  [['Space'], 'Mark'],
];

/** Every shortcut there is, on any screen, by group, from the registry; then those of lists. */
export function ShortcutList() {
  const commands = useKnownCommands().filter((command) => commandKeys(command).length > 0);
  const groups = Map.groupBy(commands, (command: KnownCommand) => command.group);
  return (
    <div className="columns-1 gap-10 sm:columns-2">
      {[...groups].map(([group, members]) => (
        <Group key={group} title={group}>
          {members.map((command) => (
            <Row key={command.id} what={command.title} keys={commandKeys(command)} />
          ))}
        </Group>
      ))}
      <Group title="In lists">
        {LIST_KEYS.map(([keys, what]) => (
          <Row key={what} what={what} keys={keys} />
        ))}
      </Group>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-xs font-semibold text-fg">{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}

function Row({ what, keys }: { what: string; keys: readonly string[] }) {
  return (
    <div className="flex min-h-7 items-center gap-3 border-b border-line text-sm text-muted">
      <dt className="min-w-0 flex-1 truncate">{what}</dt>
      <dd className="flex shrink-0 items-center gap-2">
        {shortened(keys).map((one, index, all) => (
          <span key={one} className="flex items-center gap-2">
            {keys.length > all.length && index > 0 && 'to'}
            <Kbd keys={one} />
            <span className="sr-only">{ariaKeys(one)}</span>
          </span>
        ))}
      </dd>
    </div>
  );
}

/** A run of many keys is shown as its first and last. */
const shortened = (keys: readonly string[]): readonly string[] =>
  keys.length > 3 ? [keys[0]!, keys.at(-1)!] : keys;
