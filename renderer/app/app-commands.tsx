import { useEffect, useLayoutEffect } from 'react';
import { useNavigation } from '../host/navigation.ts';
import { setSetting } from '../host/settings.ts';
import { useSidebarShown, useTimelineShown } from '../host/view.ts';
import { type Command, useCommands } from '../ui/commands.ts';
import { features } from './features.ts';
import { listenForKeys } from './keymap.ts';
import { useScreen } from './navigation-provider.tsx';
import { focusPaneNumber, movePane, rememberFocus } from './pane-ring.ts';
import { screenKeys } from './screen-keys.ts';
import type { Theme } from './theme.ts';

export interface AppCommandsProps {
  /** Opens the palette with this text in its field. */
  onPalette: (prefix: string) => void;
  onSheet: () => void;
}

const THEMES: readonly [Theme, string][] = [
  ['system', 'Use the theme of the system'],
  ['dark', 'Use the dark theme'],
  ['light', 'Use the light theme'],
];

/** The commands of the frame, and the listener that gives every command its keys. */
export function AppCommands({ onPalette, onSheet }: AppCommandsProps) {
  const { go } = useNavigation();
  const [screen] = useScreen();
  const [, setSidebar] = useSidebarShown();
  const [, setTimeline] = useTimelineShown();
  // Before the first paint: what can be seen can be used, and a key pressed at once must not be lost.
  useLayoutEffect(() => listenForKeys(window), []);
  useEffect(() => rememberFocus(window), []);

  const goTo: Command[] = features.map(({ id, title }) => {
    const keys = screenKeys(id);
    return { id: `go.${id}`, group: 'Go to', title, ...(keys ? { keys } : {}), run: () => go(id) };
  });
  const themes: Command[] = THEMES.map(([theme, title]) => ({
    id: `view.theme.${theme}`,
    group: 'View',
    title,
    run: () => void setSetting('appearance.theme', theme).catch(() => {}),
  }));
  useCommands([
    ...goTo,
    {
      id: 'palette.all',
      group: 'Help',
      title: 'Command palette',
      keys: '$mod+KeyK',
      hidden: true,
      run: () => onPalette(''),
    },
    {
      id: 'palette.commands',
      group: 'Help',
      title: 'Run a command…',
      keys: '$mod+Shift+KeyP',
      hidden: true,
      run: () => onPalette('>'),
    },
    {
      id: 'palette.requests',
      group: 'Go to',
      title: 'Find a sent request…',
      keys: '$mod+KeyP',
      run: () => onPalette('/'),
    },
    {
      id: 'view.sidebar',
      group: 'View',
      title: 'Toggle sidebar',
      keys: '$mod+KeyB',
      run: () => setSidebar((shown) => !shown),
    },
    {
      id: 'view.timeline',
      group: 'View',
      title: 'Toggle event timeline',
      keys: '$mod+KeyJ',
      enabled: () => screen === 'explorer',
      run: () => setTimeline((shown) => !shown),
    },
    { id: 'view.nextPane', group: 'View', title: 'Focus next pane', keys: 'F6', run: () => movePane(1) },
    {
      id: 'view.previousPane',
      group: 'View',
      title: 'Focus previous pane',
      keys: 'Shift+F6',
      run: () => movePane(-1),
    },
    {
      id: 'view.pane',
      group: 'View',
      title: 'Focus a pane by its number',
      keys: [1, 2, 3, 4, 5, 6].map((n) => `Alt+Digit${n}`),
      hidden: true,
      run: (event) => focusPaneNumber(Number(event?.code.at(-1))),
    },
    ...themes,
    { id: 'help.shortcuts', group: 'Help', title: 'Keyboard shortcuts', keys: '[Shift]+?', run: onSheet },
  ]);
  return null;
}
