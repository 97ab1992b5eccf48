// The one command registry: keys, palette, menus and the shortcut sheet are all fed from here.
import { useLayoutEffect, useRef } from 'react';
import { createStore, useStore } from 'zustand';

export type CommandGroup =
  | 'Go to'
  | 'Requests'
  | 'Open request'
  | 'Keys'
  | 'Data'
  | 'Scanner'
  | 'View'
  | 'Help';

export interface Command {
  /** e.g. `explorer.send`; unique. */
  id: string;
  group: CommandGroup;
  /** As the palette shows it; a verb first. */
  title: string;
  /** tinykeys syntax; several for the same command are allowed. */
  keys?: string | readonly string[];
  /** Quiet text in the palette: what it acts on. */
  hint?: string;
  /** The palette asks for a second Enter. */
  destructive?: boolean;
  /** Known to keys and the sheet, but not offered in the palette (e.g. Escape). */
  hidden?: boolean;
  /** Works also while a dialog is open. */
  overDialogs?: boolean;
  /** Asked at the moment of use. A disabled command lets its key through to the page. */
  enabled?: () => boolean;
  /** The key press that caused it, if one did. */
  run: (event?: KeyboardEvent) => void;
}

/** Something the palette finds that is not a command: a key, a model, a stored request, an event. */
export interface PaletteItem {
  id: string;
  title: string;
  hint?: string;
  keys?: string;
  run: () => void;
}

export type PalettePrefix = '@' | '#' | '/' | ':';

export interface PaletteSource {
  id: string;
  /** With this first character only this source is asked. */
  prefix: PalettePrefix;
  /** Heading of its results. */
  group: string;
  /** Also asked without the prefix, once two characters are typed. */
  always?: boolean;
  /** `q` comes without the prefix. Reject or return nothing when the signal aborts. */
  search: (q: string, signal: AbortSignal) => Promise<readonly PaletteItem[]>;
}

/** What the list of shortcuts says of a command. */
export type KnownCommand = Pick<Command, 'id' | 'group' | 'title' | 'keys'>;

interface Registry {
  commands: ReadonlyMap<string, Command>;
  /** Also those of screens that are not in view: whoever looks shortcuts up wants all. */
  known: ReadonlyMap<string, KnownCommand>;
  sources: ReadonlyMap<string, PaletteSource>;
}

export const registry = createStore<Registry>(() => ({
  commands: new Map(),
  known: new Map(),
  sources: new Map(),
}));

/** Keys of a command as a list. */
export const commandKeys = (command: KnownCommand): readonly string[] =>
  command.keys === undefined ? [] : typeof command.keys === 'string' ? [command.keys] : command.keys;

/** Runs a command by id if it is there and enabled; tells whether it ran. */
export function runCommand(id: string): boolean {
  const command = registry.getState().commands.get(id);
  if (!command || command.enabled?.() === false) return false;
  command.run();
  return true;
}

export const useKnownCommands = (): readonly KnownCommand[] => {
  const known = useStore(registry, (state) => state.known);
  return [...known.values()];
};

/** Lists commands that a screen will register when it is looked at. */
export function announceCommands(commands: readonly KnownCommand[]): void {
  registry.setState(({ known }) => ({ known: withKnown(known, commands) }));
}

const withKnown = (known: Registry['known'], commands: Iterable<KnownCommand>): Registry['known'] =>
  new Map([...known, ...[...commands].map((command) => [command.id, command] as const)]);

/**
 * Registers commands while the component is mounted. The functions may be new on every render: the registry always
 * calls the latest ones and is touched only when what is shown of a command changes.
 */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  const shown = JSON.stringify(
    commands.map(({ id, group, title, keys, hint, destructive, hidden }) => [
      id,
      group,
      title,
      keys,
      hint,
      destructive,
      hidden,
    ]),
  );
  useLayoutEffect(() => {
    latest.current = commands;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` stands for everything the registry keeps
  useLayoutEffect(() => {
    const mine = new Map<string, Command>(
      latest.current.map((command) => {
        const now = () => latest.current.find((one) => one.id === command.id) ?? command;
        return [
          command.id,
          { ...command, enabled: () => now().enabled?.() ?? true, run: (event) => now().run(event) },
        ];
      }),
    );
    registry.setState((state) => ({
      commands: new Map([...state.commands, ...mine]),
      known: withKnown(state.known, mine.values()),
    }));
    return () =>
      registry.setState((state) => ({
        // A later registration of the same id stays.
        commands: new Map([...state.commands].filter(([id, command]) => mine.get(id) !== command)),
      }));
  }, [shown]);
}

/** Adds a source to the palette while mounted. */
export function usePaletteSource(source: PaletteSource): void {
  const latest = useRef(source);
  useLayoutEffect(() => {
    latest.current = source;
  });
  const { id, prefix, group, always } = source;
  useLayoutEffect(() => {
    const mine: PaletteSource = {
      id,
      prefix,
      group,
      ...(always ? { always } : {}),
      search: (q, signal) => latest.current.search(q, signal),
    };
    registry.setState((state) => ({ sources: new Map([...state.sources, [id, mine]]) }));
    return () =>
      registry.setState((state) => ({
        sources: new Map([...state.sources].filter(([, one]) => one !== mine)),
      }));
  }, [id, prefix, group, always]);
}
