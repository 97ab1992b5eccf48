// What the palette shows for a text: pure, so that order and prefixes can be tested without a window.
import fuzzysort from 'fuzzysort';
import type { Command, PaletteItem, PaletteSource } from '../../ui/commands.ts';
import { commandKeys } from '../../ui/commands.ts';

export interface PaletteEntry {
  id: string;
  /** Left column. */
  group: string;
  title: string;
  /** Characters of the title that matched. */
  matched: readonly number[];
  hint?: string;
  keys?: string;
  destructive: boolean;
  run: () => void;
}

/** Each says which kind of thing is looked for. */
export const PREFIXES = ['>', '@', '#', '/', ':'] as const;
export type Prefix = (typeof PREFIXES)[number] | '';

/** Splits off the first character if it chooses a kind of thing. */
export function splitQuery(text: string): { prefix: Prefix; q: string } {
  const prefix = PREFIXES.find((one) => text.startsWith(one)) ?? '';
  return { prefix, q: text.slice(prefix.length).trim() };
}

const LIMIT = 50;

/** Commands for `q`: without text the recent ones first, then all; with text by match. */
export function commandEntries(
  q: string,
  commands: readonly Command[],
  recent: readonly string[],
  recentLabel: string,
): PaletteEntry[] {
  const offered = commands.filter((command) => !command.hidden && command.enabled?.() !== false);
  if (q === '') {
    const first = recent.flatMap((id) => offered.find((command) => command.id === id) ?? []);
    const rest = offered.filter((command) => !first.includes(command));
    return [
      ...first.map((command) => ({ ...entry(command), group: recentLabel })),
      ...groupedInOrder(rest).map((command) => entry(command)),
    ];
  }
  const found = fuzzysort.go(q, offered, {
    keys: ['title', (command) => command.hint ?? '', (command) => `${command.group} ${command.title}`],
    limit: LIMIT,
    threshold: 0.45,
    // Of two equal matches, the one used lately.
    scoreFn: (result) => result.score + (recent.includes(result.obj.id) ? 0.05 : 0),
  });
  return found.map((result) => entry(result.obj, result[0]?.score ? [...result[0].indexes] : []));
}

/** Results of a source as entries. */
export const itemEntries = (
  source: Pick<PaletteSource, 'id' | 'group'>,
  items: readonly PaletteItem[],
): PaletteEntry[] =>
  items.slice(0, LIMIT).map((item) => ({
    id: `${source.id}:${item.id}`,
    group: source.group,
    title: item.title,
    matched: [],
    ...(item.hint === undefined ? {} : { hint: item.hint }),
    ...(item.keys === undefined ? {} : { keys: item.keys }),
    destructive: false,
    run: item.run,
  }));

/** Why a list is empty that no text could fill; `null` when the text is what finds nothing. */
export type Lack = 'keys' | 'events' | null;

/** `keys`: how many there are, `undefined` while that is not known. */
export const lackOf = (prefix: Prefix, keys: number | undefined, sources: Iterable<PaletteSource>): Lack => {
  if (prefix === '@' && keys === 0) return 'keys';
  return prefix === ':' && sourcesFor(prefix, '', sources).length === 0 ? 'events' : null;
};

/** One command by its id, if it can be used now. */
export const entryOf = (id: string, commands: ReadonlyMap<string, Command>): PaletteEntry[] => {
  const command = commands.get(id);
  return command && command.enabled?.() !== false ? [entry(command)] : [];
};

/** Which sources a text asks. */
export function sourcesFor(prefix: Prefix, q: string, sources: Iterable<PaletteSource>): PaletteSource[] {
  if (prefix === '>') return [];
  return [...sources].filter((source) =>
    prefix === '' ? source.always === true && q.length >= 2 : source.prefix === prefix,
  );
}

/** Puts `id` in front; keeps eight. */
export const withRecent = (recent: readonly string[], id: string): string[] =>
  [id, ...recent.filter((one) => one !== id)].slice(0, 8);

const entry = (command: Command, matched: readonly number[] = []): PaletteEntry => {
  const keys = commandKeys(command)[0];
  return {
    id: command.id,
    group: command.group,
    title: command.title,
    matched,
    ...(command.hint === undefined ? {} : { hint: command.hint }),
    ...(keys === undefined ? {} : { keys }),
    destructive: command.destructive === true,
    run: command.run,
  };
};

const groupedInOrder = (commands: readonly Command[]): Command[] =>
  [...Map.groupBy(commands, (one) => one.group).values()].flat();
