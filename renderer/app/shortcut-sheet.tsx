import type { ReactNode } from 'react';
import { type Command, commandKeys, useCommandList } from '../ui/commands.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { messages } from './messages.ts';

const LIST_KEYS: readonly [keys: readonly string[], what: string][] = [
  [['j', 'ArrowDown'], messages.sheet.next],
  [['k', 'ArrowUp'], messages.sheet.previous],
  [['Home', 'End'], messages.sheet.ends],
  [['Enter'], messages.sheet.open],
  [['Space'], messages.sheet.mark],
];

/** Every shortcut there is now, from the registry. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={messages.sheet.title}
      description={messages.sheet.text}
      size="lg"
    >
      <ShortcutList />
    </Dialog>
  );
}

/** The same list, also a section of the settings. */
export function ShortcutList() {
  const commands = useCommandList().filter((command) => commandKeys(command).length > 0);
  const groups = Map.groupBy(commands, (command: Command) => command.group);
  return (
    <div className="columns-1 gap-8 sm:columns-2">
      {[...groups].map(([group, members]) => (
        <Section key={group} title={group}>
          {members.map((command) => (
            <Row key={command.id} what={command.title} keys={commandKeys(command)} />
          ))}
        </Section>
      ))}
      <Section title={messages.sheet.inLists}>
        {LIST_KEYS.map(([keys, what]) => (
          <Row key={what} what={what} keys={keys} />
        ))}
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-xs font-semibold text-fg">{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}

function Row({ what, keys }: { what: string; keys: readonly string[] }) {
  return (
    <div className="flex min-h-6 items-center gap-3 text-sm text-muted">
      <dt className="flex-1">{what}</dt>
      <dd className="flex items-center gap-2">
        {keys.map((one) => (
          <span key={one}>
            <Kbd keys={one} />
            <span className="sr-only">{one.replace('$mod', 'Control')}</span>
          </span>
        ))}
      </dd>
    </div>
  );
}
