// What sidebar and screen share: the section that was asked for, and the one in view.
import { createStore, useStore } from 'zustand';
import type { SectionId } from './setting-rows.ts';

interface View {
  current: SectionId;
  /** Rises with each request to scroll, so that the same section can be asked for again. */
  wanted: { section: SectionId; nonce: number } | null;
}
const store = createStore<View>(() => ({ current: 'general', wanted: null }));

/** Scrolls the screen to a section. */
export const showSection = (section: SectionId): void =>
  store.setState((old) => ({ current: section, wanted: { section, nonce: (old.wanted?.nonce ?? 0) + 1 } }));
/** The section at the top, told by the screen as it scrolls. */
export const seeSection = (current: SectionId): void => {
  if (store.getState().current !== current) store.setState({ current });
};
export const useCurrentSection = (): SectionId => useStore(store, (state) => state.current);
export const useWantedSection = (): View['wanted'] => useStore(store, (state) => state.wanted);
