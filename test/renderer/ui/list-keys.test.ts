import { expect, test } from 'vitest';
import { movedIndex } from '../../../renderer/ui/list-keys.ts';

test.each([
  ['j', 0, 1],
  ['ArrowDown', 99, 99],
  ['k', 5, 4],
  ['ArrowUp', 0, 0],
  ['ArrowDown', -1, 0],
  ['ArrowUp', -1, 99],
  ['Home', 50, 0],
  ['End', 0, 99],
  ['PageDown', 0, 9],
  ['PageUp', 5, 0],
])('%s moves row %d of 100 to %d', (key, from, to) => {
  expect(movedIndex(key, from, 100, 10)).toBe(to);
});

test('other keys, and an empty list, move nothing', () => {
  expect(movedIndex('x', 3, 100, 10)).toBeNull();
  expect(movedIndex('Enter', 3, 100, 10)).toBeNull();
  expect(movedIndex('j', -1, 0, 10)).toBeNull();
});
