// What a fake core knows. Tests change it and call `change`, as the real core's services would.
import type { AppInfo, AppStatus } from '../../../preload/contract/app.ts';
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import { DEFAULT_SETTINGS, type Settings, type UiState } from '../../../preload/contract/settings.ts';
import { keychain, sampleKeys } from './keys.ts';
import { type StoredRequest, sampleHistory } from './requests.ts';

export interface FakeState {
  status: AppStatus;
  info: AppInfo;
  keys: KeyInfo[];
  history: StoredRequest[];
  settings: Settings;
  ui: UiState;
  /** Milliseconds that slow answers take (checks, models). */
  delayMs: number;
  /** Milliseconds between two events of a live answer. */
  paceMs: number;
  /** Raises a version and tells all who follow `app.status`. */
  change(version?: 'keysVersion' | 'historyVersion' | 'settingsVersion'): void;
  /** Called after each change; returns what ends it. */
  follow(listener: () => void): () => void;
}

export type FakeOptions = Partial<Pick<FakeState, 'keys' | 'history' | 'delayMs' | 'paceMs'>> & {
  settings?: Partial<Settings>;
  ui?: UiState;
  status?: Partial<AppStatus>;
};

export function createState(options: FakeOptions = {}): FakeState {
  const listeners = new Set<() => void>();
  const state: FakeState = {
    keys: options.keys ?? sampleKeys(),
    history: options.history ?? sampleHistory(60),
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    ui: options.ui ?? {},
    delayMs: options.delayMs ?? 5,
    paceMs: options.paceMs ?? 4,
    status: {
      keychain: keychain(),
      database: {
        state: 'ok',
        path: '/home/user/.local/share/keybench/keybench.db',
        problem: '',
        remedy: '',
      },
      inFlight: 0,
      keysVersion: 1,
      historyVersion: 1,
      settingsVersion: 1,
      ...options.status,
    },
    info: {
      version: '0.1.0',
      shell: 'test',
      platform: 'linux',
      node: '24.21.0',
      sqlite: '3.50.4',
      dataDir: '/home/user/.local/share/keybench',
      demoOrigin: 'http://127.0.0.1:40123',
      sdks: [
        { name: '@anthropic-ai/sdk', version: '1.10.0' },
        { name: 'openai', version: '7.55.0' },
        { name: '@huggingface/inference', version: '4.13.30' },
      ],
    },
    change(version) {
      if (version) state.status = { ...state.status, [version]: state.status[version] + 1 };
      for (const listener of listeners) listener();
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return state;
}
