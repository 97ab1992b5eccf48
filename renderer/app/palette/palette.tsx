import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { keysQuery } from '../../host/keys.ts';
import { queryClient } from '../../host/queries.ts';
import { usePersisted } from '../../host/ui-state.ts';
import { registry } from '../../ui/commands.ts';
import { usePortalContainer } from '../../ui/portal.tsx';
import { messages } from '../messages.ts';
import {
  commandEntries,
  entryOf,
  lackOf,
  type PaletteEntry,
  sourcesFor,
  splitQuery,
  withRecent,
} from './palette-entries.ts';
import { PaletteRow } from './palette-row.tsx';
import { takeTyped } from './typed-ahead.ts';
import { useSourceEntries } from './use-source-entries.ts';

export interface PaletteProps {
  /** What the field holds at first: empty, or a prefix. */
  prefix: string;
  onClose: () => void;
}

/** One list over everything that can be done or found. */
export function Palette({ prefix: first, onClose }: PaletteProps) {
  const [text, setText] = useState(first);
  const [armed, setArmed] = useState<string | null>(null);
  const [recent, setRecent] = usePersisted<string[]>('palette.recent', []);
  const { commands, sources } = useStore(registry);
  const container = usePortalContainer();
  const { prefix, q } = splitQuery(text);

  const own = useMemo(
    () =>
      prefix === '' || prefix === '>'
        ? commandEntries(q, [...commands.values()], recent, messages.palette.recent)
        : [],
    [prefix, q, commands, recent],
  );
  const found = useSourceEntries(sourcesFor(prefix, q, sources.values()), q);
  const keys = useQuery(keysQuery, queryClient).data;
  const lack = lackOf(prefix, keys?.length, sources.values());
  const entries = lack === 'keys' ? entryOf('keys.add', commands) : [...own, ...found.entries];

  const choose = (entry: PaletteEntry) => {
    if (entry.destructive && armed !== entry.id) return setArmed(entry.id);
    if (commands.has(entry.id)) setRecent((old) => withRecent(old, entry.id));
    onClose();
    // After the dialog has given the focus back, so that the command may move it.
    setTimeout(entry.run, 0);
  };

  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal container={container}>
        <Dialog.Backdrop className="fade-80 fixed inset-0 z-40 bg-bg/60" />
        <Dialog.Popup
          aria-label={messages.palette.label}
          data-modal=""
          className="fade-80 fixed top-24 left-1/2 z-40 flex max-h-[min(460px,calc(100vh-128px))] w-150 max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-line-strong bg-raised shadow-float outline-none"
        >
          <Autocomplete.Root<PaletteEntry>
            open
            inline
            mode="none"
            items={entries}
            filter={null}
            autoHighlight="always"
            keepHighlight
            itemToStringValue={(entry) => entry.title}
            value={text}
            onValueChange={(next, { reason }) => {
              // Choosing an entry must not write its title into the field.
              if (reason === 'item-press') return;
              setArmed(null);
              setText(next);
            }}
            onItemHighlighted={(entry) => {
              if (entry?.id !== armed) setArmed(null);
            }}
          >
            <div className="flex h-11 shrink-0 items-center gap-3 border-b border-line px-4">
              <Search size={16} aria-hidden="true" className="shrink-0 text-subtle" />
              <Autocomplete.Input
                aria-label={messages.palette.field}
                placeholder={messages.palette.placeholder}
                onFocus={() => {
                  const ahead = takeTyped();
                  if (ahead) setText((before) => before + ahead);
                }}
                spellCheck={false}
                className="h-full min-w-0 flex-1 bg-transparent text-base text-fg outline-none"
              />
            </div>
            <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto p-1.5 [scroll-padding-block:6px] empty:hidden">
              {(entry: PaletteEntry) => (
                <PaletteRow
                  key={`${entry.group} ${entry.id}`}
                  entry={entry}
                  armed={armed === entry.id}
                  onChoose={() => choose(entry)}
                />
              )}
            </Autocomplete.List>
            {(lack !== null || (entries.length === 0 && !found.pending)) && (
              <p role="status" className="px-4 py-6 text-center text-sm text-muted">
                {lack === null ? messages.palette.none(q) : messages.palette.lack[lack]}
              </p>
            )}
            {found.failed.map((sentence) => (
              <p key={sentence} role="status" className="px-4 py-1.5 text-xs text-danger">
                {sentence}
              </p>
            ))}
            <PrefixHints onPick={(one) => setText(one)} />
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PrefixHints({ onPick }: { onPick: (prefix: string) => void }) {
  return (
    <div className="flex h-8 shrink-0 items-center gap-1 border-t border-line px-2.5">
      {messages.palette.prefixes.map(([prefix, what]) => (
        <button
          key={prefix}
          type="button"
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(prefix)}
          className="flex h-6 items-center gap-1.5 rounded-sm px-1.5 text-2xs text-subtle hover:bg-hover hover:text-fg"
        >
          <kbd className="font-mono text-muted">{prefix}</kbd>
          {what}
        </button>
      ))}
    </div>
  );
}
