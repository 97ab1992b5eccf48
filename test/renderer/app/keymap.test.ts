// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { commandFor } from '../../../renderer/app/keymap.ts';
import type { Command } from '../../../renderer/ui/commands.ts';

afterEach(() => document.body.replaceChildren());

const command = (id: string, keys: string | string[], over: Partial<Command> = {}): Command => ({
  id,
  group: 'View',
  title: id,
  keys,
  run: () => {},
  ...over,
});
const COMMANDS = [
  command('send', '$mod+Enter'),
  command('sheet', '[Shift]+?'),
  command('stop', 'Escape'),
  command('pane', 'F6'),
  command('copy', '$mod+Shift+KeyC'),
];

/** What a press on `target` stands for. */
function pressed(init: KeyboardEventInit, html = '<button>x</button>', commands = COMMANDS) {
  document.body.innerHTML = html;
  const target = document.querySelector('[data-here]') ?? document.body.firstElementChild!;
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return commandFor(event, commands)?.id;
}

test('finds a command by code and modifiers, and only with exactly these', () => {
  expect(pressed({ key: 'Enter', code: 'Enter', ctrlKey: true })).toBe('send');
  expect(pressed({ key: 'Enter', code: 'Enter' })).toBeUndefined();
  expect(pressed({ key: 'C', code: 'KeyC', ctrlKey: true, shiftKey: true })).toBe('copy');
  expect(pressed({ key: 'c', code: 'KeyC', ctrlKey: true })).toBeUndefined();
});

test('a single character is text where text is typed, and a command elsewhere', () => {
  const press = { key: '?', code: 'Slash', shiftKey: true };
  expect(pressed(press)).toBe('sheet');
  for (const field of [
    '<input>',
    '<input type="search">',
    '<textarea></textarea>',
    '<div contenteditable="true"></div>',
  ])
    expect(pressed(press, field), field).toBeUndefined();
  expect(pressed(press, '<input type="checkbox">')).toBe('sheet');
});

test('combinations, function keys and Escape work inside fields too', () => {
  expect(pressed({ key: 'Enter', code: 'Enter', ctrlKey: true }, '<textarea></textarea>')).toBe('send');
  expect(pressed({ key: 'F6', code: 'F6' }, '<input>')).toBe('pane');
  expect(pressed({ key: 'Escape', code: 'Escape' }, '<input>')).toBe('stop');
});

test('Escape belongs to an open layer first', () => {
  expect(
    pressed({ key: 'Escape', code: 'Escape' }, '<div data-layers><button data-here>x</button></div>'),
  ).toBeUndefined();
  expect(pressed({ key: 'Escape', code: 'Escape' }, '<input aria-expanded="true">')).toBeUndefined();
});

test('an open dialog holds back all but the commands meant for it', () => {
  const html = '<button>x</button><div data-modal></div>';
  expect(pressed({ key: 'Enter', code: 'Enter', ctrlKey: true }, html)).toBeUndefined();
  expect(pressed({ key: 'F6', code: 'F6' }, html, [command('over', 'F6', { overDialogs: true })])).toBe(
    'over',
  );
});

test('the command registered last wins; a disabled one lets the next have the key', () => {
  const two = [command('first', 'Escape'), command('second', 'Escape')];
  expect(pressed({ key: 'Escape', code: 'Escape' }, '<button>x</button>', two)).toBe('second');
  const off = [command('first', 'Escape'), command('second', 'Escape', { enabled: () => false })];
  expect(pressed({ key: 'Escape', code: 'Escape' }, '<button>x</button>', off)).toBe('first');
});

test('a held key and a key that was already handled run nothing', () => {
  expect(pressed({ key: 'F6', code: 'F6', repeat: true })).toBeUndefined();
  document.body.innerHTML = '<button>x</button>';
  const event = new KeyboardEvent('keydown', { key: 'F6', code: 'F6', cancelable: true });
  event.preventDefault();
  expect(commandFor(event, COMMANDS)).toBeUndefined();
});
