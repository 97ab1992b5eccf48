// The settings part of the contract.
import type { AppHandlers } from '../../../preload/contract/index.ts';
import type { SettingsStore } from './settings-store.ts';

type SettingsHandlers = Pick<
  AppHandlers,
  'settings.get' | 'settings.set' | 'settings.reset' | 'ui.load' | 'ui.save'
>;

export function settingsHandlers(store: SettingsStore): SettingsHandlers {
  return {
    'settings.get': () => store.get(),
    'settings.set': ({ key, value }) => store.set(key, value),
    'settings.reset': ({ key }) => store.reset(key),
    'ui.load': () => store.loadUi(),
    'ui.save': ({ state }) => {
      store.saveUi(state);
      return null;
    },
  };
}
