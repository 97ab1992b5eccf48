// How one feature brings the user to another without knowing it: an intent is left for the screen that can take it.
import { createContext, use, useEffect, useRef } from 'react';
import { createStore } from 'zustand';
import type { Draft } from '../../preload/contract/requests.ts';
import type { ScreenId } from '../ui/feature.ts';

export interface Navigation {
  go(screen: ScreenId): void;
  /** Opens a draft in a new Explorer tab; `historyId` names the request it came from, `send` sends it at once. */
  openDraft(draft: Draft, options?: { historyId?: string; send?: boolean }): void;
  /** Opens the "Add key" form on the Keys screen. */
  addKey(provider?: string): void;
  showKey(id: string): void;
  /** Opens History with this search. */
  searchHistory(q: string): void;
  /** Opens History at one request. */
  showRequest(id: string): void;
  /** Opens the Scanner with all findings of one stored key. */
  showFindings(keyName: string): void;
  /** Opens Settings at a section, e.g. `keychain`. */
  showSettings(section?: string): void;
}

export type Intent =
  | { kind: 'openDraft'; draft: Draft; historyId?: string; send?: boolean }
  | { kind: 'addKey'; provider?: string }
  | { kind: 'showKey'; id: string }
  | { kind: 'searchHistory'; q: string }
  | { kind: 'showRequest'; id: string }
  | { kind: 'showFindings'; keyName: string }
  | { kind: 'showSettings'; section?: string };
type IntentOf<K extends Intent['kind']> = Extract<Intent, { kind: K }>;

const intents = createStore<{ queue: readonly Intent[] }>(() => ({ queue: [] }));

/** For the frame's implementation of `Navigation`. */
export const leaveIntent = (intent: Intent): void =>
  intents.setState(({ queue }) => ({ queue: [...queue, intent] }));

/** Takes each intent of this kind exactly once: those left before the screen was mounted, and those to come. */
export function useIntent<K extends Intent['kind']>(kind: K, take: (intent: IntentOf<K>) => void): void {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const drain = () => {
      const mine = intents.getState().queue.filter((one): one is IntentOf<K> => one.kind === kind);
      if (mine.length === 0) return;
      intents.setState(({ queue }) => ({ queue: queue.filter((one) => one.kind !== kind) }));
      for (const intent of mine) latest.current(intent);
    };
    drain();
    return intents.subscribe(drain);
  }, [kind]);
}

export const NavigationContext = createContext<Navigation | null>(null);

export function useNavigation(): Navigation {
  const navigation = use(NavigationContext);
  if (!navigation) throw new Error('useNavigation needs the frame around it.');
  return navigation;
}
