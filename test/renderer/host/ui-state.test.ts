// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AppClient } from '../../../preload/contract/index.ts';
import { setApi } from '../../../renderer/host/api.ts';
import { loadUiState, readPersisted, resetLayout, writePersisted } from '../../../renderer/host/ui-state.ts';

const save = vi.fn(async (_input: { state: Record<string, unknown> }) => null);

beforeEach(async () => {
  vi.useFakeTimers();
  save.mockClear();
  setApi({
    'ui.load': async () => ({ 'app.screen': 'keys', 'split.frame': { sidebar: 300 } }),
    'ui.save': save,
  } as unknown as AppClient);
  await loadUiState();
});
afterEach(() => vi.useRealTimers());

test('what was kept is there after loading', () => {
  expect(readPersisted('app.screen')).toBe('keys');
});

test('many changes are saved once, half a second after the last', async () => {
  for (const n of [1, 2, 3]) {
    writePersisted('n', n);
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(save).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(save).toHaveBeenCalledOnce();
  expect(save.mock.calls[0]?.[0].state).toMatchObject({ n: 3, 'app.screen': 'keys' });
});

test('a window that goes away saves at once, and only what waits', async () => {
  writePersisted('n', 4);
  window.dispatchEvent(new Event('pagehide'));
  expect(save).toHaveBeenCalledOnce();
  window.dispatchEvent(new Event('pagehide'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(save).toHaveBeenCalledOnce();
});

test('resetting the layout forgets the sizes alone, and can be undone', () => {
  const undo = resetLayout();
  expect(readPersisted('split.frame')).toBeUndefined();
  expect(readPersisted('app.screen')).toBe('keys');
  undo();
  expect(readPersisted('split.frame')).toEqual({ sidebar: 300 });
});
