// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  announceCommands,
  type Command,
  registry,
  runCommand,
  useCommands,
} from '../../../renderer/ui/commands.ts';

let root: Root;
beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  root = createRoot(document.createElement('div'));
});
afterEach(() => act(() => root.unmount()));

function Holder({ commands }: { commands: readonly Command[] }) {
  useCommands(commands);
  return null;
}
const command = (over: Partial<Command> = {}): Command => ({
  id: 'a',
  group: 'View',
  title: 'A',
  run: () => {},
  ...over,
});

test('a command is there while its component is mounted', async () => {
  await act(() => root.render(<Holder commands={[command()]} />));
  expect(registry.getState().commands.has('a')).toBe(true);
  await act(() => root.render(null));
  expect(registry.getState().commands.has('a')).toBe(false);
});

test('its shortcut stays known when the screen is left, and may be known before', async () => {
  announceCommands([{ id: 'b', group: 'View', title: 'B', keys: 'KeyB' }]);
  await act(() => root.render(<Holder commands={[command()]} />));
  await act(() => root.render(null));
  expect([...registry.getState().known.keys()].sort()).toEqual(['a', 'b']);
  expect(runCommand('a')).toBe(false);
});

test('the latest function is called, without touching the registry', async () => {
  const first = vi.fn();
  const second = vi.fn();
  await act(() => root.render(<Holder commands={[command({ run: first })]} />));
  const before = registry.getState();
  await act(() => root.render(<Holder commands={[command({ run: second })]} />));
  expect(registry.getState()).toBe(before);
  expect(runCommand('a')).toBe(true);
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledOnce();
});

test('a disabled or unknown command does not run', async () => {
  const run = vi.fn();
  await act(() => root.render(<Holder commands={[command({ enabled: () => false, run })]} />));
  expect(runCommand('a')).toBe(false);
  expect(runCommand('b')).toBe(false);
  expect(run).not.toHaveBeenCalled();
});

test('what is shown changes with the component', async () => {
  await act(() => root.render(<Holder commands={[command()]} />));
  await act(() => root.render(<Holder commands={[command({ title: 'B' })]} />));
  expect(registry.getState().commands.get('a')?.title).toBe('B');
});

test('leaving does not remove the command of the one that came later', async () => {
  const later = vi.fn();
  const Both = ({ first }: { first: boolean }) => (
    <>
      {first && <Holder key="1" commands={[command()]} />}
      <Holder key="2" commands={[command({ run: later })]} />
    </>
  );
  await act(() => root.render(<Both first />));
  await act(() => root.render(<Both first={false} />));
  expect(runCommand('a')).toBe(true);
  expect(later).toHaveBeenCalledOnce();
});
