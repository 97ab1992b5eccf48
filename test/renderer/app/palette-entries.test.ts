import { expect, test } from 'vitest';
import { messages } from '../../../renderer/app/messages.ts';
import {
  commandEntries,
  entryOf,
  itemEntries,
  lackOf,
  PREFIXES,
  sourcesFor,
  splitQuery,
  withRecent,
} from '../../../renderer/app/palette/palette-entries.ts';
import type { Command, PaletteSource } from '../../../renderer/ui/commands.ts';

const command = (id: string, title: string, over: Partial<Command> = {}): Command => ({
  id,
  group: 'View',
  title,
  run: () => {},
  ...over,
});
const COMMANDS = [
  command('copy', 'Copy as cURL', { group: 'Open request', keys: '$mod+Shift+KeyC' }),
  command('close', 'Close tab', { group: 'Open request' }),
  command('theme', 'Use the dark theme'),
  command('escape', 'Stop', { hidden: true }),
  command('off', 'Copy nothing', { enabled: () => false }),
];
const ids = (q: string, recent: string[] = []) =>
  commandEntries(q, COMMANDS, recent, 'Recent').map(({ id }) => id);

test.each([
  ['>the', '>', 'the'],
  ['@ prod', '@', 'prod'],
  ['#gpt', '#', 'gpt'],
  ['/time out', '/', 'time out'],
  [':12', ':', '12'],
  ['  plain ', '', 'plain'],
])('%j asks for kind %j and text %j', (text, prefix, q) => {
  expect(splitQuery(text)).toEqual({ prefix, q });
});

test('without text all commands are offered, recent ones first and under their own heading', () => {
  const entries = commandEntries('', COMMANDS, ['theme', 'gone'], 'Recent');
  expect(entries.map(({ id, group }) => [id, group])).toEqual([
    ['theme', 'Recent'],
    ['copy', 'Open request'],
    ['close', 'Open request'],
  ]);
});

test('hidden and disabled commands are not offered', () => {
  expect(ids('')).not.toContain('escape');
  expect(ids('copy')).toEqual(['copy']);
});

test('a match is found by its letters, and says which', () => {
  const [first] = commandEntries('curl', COMMANDS, [], 'Recent');
  expect(first).toMatchObject({ id: 'copy', keys: '$mod+Shift+KeyC' });
  expect(first?.matched.map((at) => 'Copy as cURL'[at]).join('')).toBe('cURL');
});

test('nothing is found for what no title has', () => {
  expect(ids('zzzz')).toEqual([]);
});

const source = (id: string, prefix: PaletteSource['prefix'], always = false): PaletteSource => ({
  id,
  prefix,
  group: id,
  always,
  search: async () => [],
});
const SOURCES = [source('keys', '@'), source('models', '#'), source('history', '/', true)];
const asked = (text: string) => {
  const { prefix, q } = splitQuery(text);
  return sourcesFor(prefix, q, SOURCES).map(({ id }) => id);
};

test('a prefix asks one source alone, also without text', () => {
  expect(asked('@')).toEqual(['keys']);
  expect(asked('#x')).toEqual(['models']);
});

test('plain text asks the sources that want it, from two characters on; commands ask none', () => {
  expect(asked('a')).toEqual([]);
  expect(asked('ab')).toEqual(['history']);
  expect(asked('>ab')).toEqual([]);
});

test('results of two sources cannot share an id', () => {
  const item = { id: '1', title: 'x', run: () => {} };
  const all = [...itemEntries(source('keys', '@'), [item]), ...itemEntries(source('history', '/'), [item])];
  expect(new Set(all.map(({ id }) => id)).size).toBe(2);
});

test('the last eight commands are remembered, newest first, each once', () => {
  let recent: string[] = [];
  for (const id of 'abcdefghij') recent = withRecent(recent, id);
  recent = withRecent(recent, 'e');
  expect(recent).toEqual(['e', 'j', 'i', 'h', 'g', 'f', 'd', 'c']);
});

test('@ lacks keys only when there are none for certain, : lacks events while no response is on show', () => {
  const events: PaletteSource = { id: 'events', prefix: ':', group: 'Events', search: async () => [] };
  expect(lackOf('@', 0, [])).toBe('keys');
  expect(lackOf('@', undefined, [])).toBeNull();
  expect(lackOf('@', 2, [])).toBeNull();
  expect(lackOf(':', 2, [])).toBe('events');
  expect(lackOf(':', 2, [events])).toBeNull();
  expect(lackOf('', 0, [])).toBeNull();
});

test('every prefix is named below the list and in the field', () => {
  const { prefixes, placeholder } = messages.palette;
  expect(prefixes.map(([prefix]) => prefix)).toEqual(PREFIXES);
  for (const prefix of PREFIXES) expect(placeholder).toContain(` ${prefix}`);
});

test('a command is offered by its id unless it is gone or off', () => {
  const byId = new Map(COMMANDS.map((one) => [one.id, one]));
  expect(entryOf('close', byId)).toMatchObject([{ title: 'Close tab' }]);
  expect(entryOf('off', byId)).toEqual([]);
  expect(entryOf('nowhere', byId)).toEqual([]);
});
