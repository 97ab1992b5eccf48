import { type ReactNode, useMemo } from 'react';
import { leaveIntent, type Navigation, NavigationContext } from '../host/navigation.ts';
import { usePersisted } from '../host/ui-state.ts';
import type { ScreenId } from '../ui/feature.ts';
import { features } from './features.ts';

/** The screen in view. One that does not exist (any more) falls back to the Explorer. */
export function useScreen(): [ScreenId, (screen: ScreenId) => void] {
  const [stored, setScreen] = usePersisted<ScreenId>('app.screen', 'explorer');
  const known = features.some((feature) => feature.id === stored);
  return [known ? stored : (features.find((one) => one.id === 'explorer')?.id ?? features[0]!.id), setScreen];
}

/** Gives every feature the way to the others. */
export function NavigationProvider({ children }: { children: ReactNode }) {
  const [, go] = useScreen();
  const navigation = useMemo<Navigation>(
    () => ({
      go,
      openDraft: (draft, options = {}) => {
        leaveIntent({ kind: 'openDraft', draft, ...options });
        go('explorer');
      },
      addKey: (provider) => {
        leaveIntent(provider === undefined ? { kind: 'addKey' } : { kind: 'addKey', provider });
        go('keys');
      },
      showKey: (id) => {
        leaveIntent({ kind: 'showKey', id });
        go('keys');
      },
      searchHistory: (q) => {
        leaveIntent({ kind: 'searchHistory', q });
        go('history');
      },
      showRequest: (id) => {
        leaveIntent({ kind: 'showRequest', id });
        go('history');
      },
      showFindings: (keyName) => {
        leaveIntent({ kind: 'showFindings', keyName });
        go('scanner');
      },
      showSettings: (section) => {
        leaveIntent(section === undefined ? { kind: 'showSettings' } : { kind: 'showSettings', section });
        go('settings');
      },
    }),
    [go],
  );
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}
