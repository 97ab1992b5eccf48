import { expect, test } from 'vitest';
import { ariaKeys, keyCaps } from '../../../renderer/ui/key-caps.ts';

test.each([
  ['$mod+KeyK', ['Ctrl', 'K'], 'Control+K'],
  ['$mod+Shift+KeyC', ['Ctrl', 'Shift', 'C'], 'Control+Shift+C'],
  ['$mod+Digit4', ['Ctrl', '4'], 'Control+4'],
  ['$mod+Enter', ['Ctrl', '↵'], 'Control+Enter'],
  ['$mod+Comma', ['Ctrl', ','], 'Control+Comma'],
  ['F6', ['F6'], 'F6'],
  ['[Shift]+?', ['?'], '?'],
])('%s is shown as %j', (keys, caps, aria) => {
  expect(keyCaps(keys)).toEqual(caps);
  expect(ariaKeys(keys)).toBe(aria);
});
