// What the window keeps between starts. Core stores it: localStorage does not survive the random port.
import { useCallback, useEffect, useRef } from 'react';
import { createStore, useStore } from 'zustand';
import type { UiState } from '../../preload/contract/settings.ts';
import { AppError, getApi } from './api.ts';

type Json = UiState[string];
const store = createStore<{ state: Readonly<UiState> }>(() => ({ state: {} }));
let timer: ReturnType<typeof setTimeout> | undefined;
const SAVE_AFTER_MS = 500;

/** Before the first render. A state that cannot be read is an empty one: the app must open. */
export async function loadUiState(): Promise<void> {
  try {
    store.setState({ state: await getApi()['ui.load']({}) });
  } catch {
    store.setState({ state: {} });
  }
  // A window that closes within the delay must not lose what was typed last.
  window.addEventListener('pagehide', () => void saveUiState());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void saveUiState();
  });
}

/** Writes now if something waits to be written. */
async function saveUiState(): Promise<void> {
  if (timer === undefined) return;
  clearTimeout(timer);
  timer = undefined;
  try {
    await getApi()['ui.save']({ state: store.getState().state });
    problems.setState({ problem: null });
  } catch (error) {
    // The next change saves it all again; a state that is too large never fits, and that must be said.
    problems.setState({
      problem: error instanceof AppError && error.code === 'TOO_LARGE' ? error.message : null,
    });
  }
}

const problems = createStore<{ problem: string | null }>(() => ({ problem: null }));
/** A sentence while the window's state cannot be kept, else `null`. */
export const useUiStateProblem = (): string | null => useStore(problems, (state) => state.problem);

/** Reads outside of components. */
export const readPersisted = <T>(key: string): T | undefined => store.getState().state[key] as T | undefined;

/** Writes outside of components. Values are plain JSON; `undefined` removes. */
export function writePersisted(key: string, value: unknown): void {
  const { [key]: _old, ...rest } = store.getState().state;
  store.setState({ state: value === undefined ? rest : { ...rest, [key]: value as Json } });
  clearTimeout(timer);
  timer = setTimeout(() => void saveUiState(), SAVE_AFTER_MS);
}

/**
 * Like `useState`, but kept between starts under `key` (at most 64 characters, e.g. `explorer.tabs`). Never put a
 * secret here. The stored value is not checked: parse it where its shape matters.
 */
export function usePersisted<T>(key: string, initial: T): [T, (next: T | ((old: T) => T)) => void] {
  const first = useRef(initial);
  useEffect(() => {
    first.current = initial;
  });
  const stored = useStore(store, (all) => all.state[key]) as T | undefined;
  const set = useCallback(
    (next: T | ((old: T) => T)) => {
      const old = readPersisted<T>(key) ?? first.current;
      writePersisted(key, typeof next === 'function' ? (next as (old: T) => T)(old) : next);
    },
    [key],
  );
  return [stored ?? initial, set];
}

/** Forgets all sizes of panes; returns what brings them back. Split panes read their sizes anew. */
export function resetLayout(): () => void {
  const isLayout = (key: string) => key.startsWith('split.');
  const { state } = store.getState();
  const kept = Object.entries(state).filter(([key]) => isLayout(key));
  for (const [key] of kept) writePersisted(key, undefined);
  layoutEpoch.setState(({ epoch }) => ({ epoch: epoch + 1 }));
  return () => {
    for (const [key, value] of kept) writePersisted(key, value);
    layoutEpoch.setState(({ epoch }) => ({ epoch: epoch + 1 }));
  };
}

const layoutEpoch = createStore<{ epoch: number }>(() => ({ epoch: 0 }));
/** Rises when the sizes of panes were changed from outside of them. */
export const useLayoutEpoch = (): number => useStore(layoutEpoch, (state) => state.epoch);
