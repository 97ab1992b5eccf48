// Settings and the window's own state. Read from the database each time: another process (window, command line) may have
// changed them, and a dozen small rows take microseconds.
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../preload/contract/errors.ts';
import { DEFAULT_SETTINGS, type SettingKey, Settings, UiState } from '../../../preload/contract/settings.ts';
import { reading, transact } from '../history/database.ts';
import { ruleOf } from './setting-rules.ts';

/** Bytes of JSON that `saveUi` takes at the most. */
const MAX_UI_BYTES = 256 * 1024;

export interface SettingsStore {
  get(): Settings;
  /** Throws `SETTING_INVALID` with the rule as a sentence; nothing is changed then. */
  set(key: string, value: unknown): Settings;
  reset(key: string): Settings;
  loadUi(): UiState;
  /** Replaces the whole state. Throws `TOO_LARGE` over 256 KB. */
  saveUi(state: UiState): void;
  /** Called after each change of a setting (not of the window's state). Returns a function that ends it. */
  onChange(cb: () => void): () => void;
}

export interface SettingsDeps {
  db: DatabaseSync;
  log?: { warn(message: string, data?: Record<string, unknown>): void };
  /** Takes stored keys out of the window's state: people paste them into prompts. */
  scrub?: (state: UiState) => UiState;
}

export function createSettingsStore({ db, log, scrub = (state) => state }: SettingsDeps): SettingsStore {
  const listeners = new Set<() => void>();
  const complained = new Set<string>();
  const complain = (what: string) => {
    if (complained.has(what)) return;
    complained.add(what);
    log?.warn('A stored value does not fit and is ignored', { key: what });
  };

  const get = (): Settings => {
    const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
    const rows = reading(db, () => db.prepare('SELECT key, value FROM settings').all());
    for (const { key, value } of rows as { key: string; value: string }[]) {
      // Without the default: text that is no JSON must not pass as "not given".
      const parsed = isKey(key) ? Settings.shape[key].unwrap().safeParse(parseJson(value)) : null;
      // A key that this version does not know was written by another one: kept for it, and no reason to complain.
      if (parsed?.success) settings[key] = parsed.data;
      else if (parsed) complain(key);
    }
    return settings as Settings;
  };
  const changed = () => {
    for (const listener of [...listeners]) listener();
    return get();
  };

  return {
    get,
    set(key, value) {
      const known = checked(key);
      const parsed = Settings.shape[known].unwrap().safeParse(value);
      if (!parsed.success) throw new AppError('SETTING_INVALID', ruleOf(known));
      transact(db, () =>
        db
          .prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)')
          .run(known, JSON.stringify(parsed.data)),
      );
      return changed();
    },
    reset(key) {
      const known = checked(key);
      transact(db, () => db.prepare('DELETE FROM settings WHERE key = ?').run(known));
      return changed();
    },
    loadUi() {
      const row = reading(db, () => db.prepare('SELECT state FROM ui WHERE id = 1').get());
      if (!row) return {};
      const parsed = UiState.safeParse(parseJson(row.state as string));
      if (!parsed.success) complain('ui');
      return parsed.success ? parsed.data : {};
    },
    saveUi(state) {
      const json = JSON.stringify(scrub(state));
      if (Buffer.byteLength(json) > MAX_UI_BYTES)
        throw new AppError(
          'TOO_LARGE',
          'The state of the window is over 256 KB and was not saved. Close some tabs.',
        );
      transact(db, () => db.prepare('INSERT OR REPLACE INTO ui (id, state) VALUES (1, ?)').run(json));
    },
    onChange(cb) {
      listeners.add(cb);
      return () => listeners.delete(cb);
    },
  };
}

const isKey = (key: string): key is SettingKey => Object.hasOwn(Settings.shape, key);

function checked(key: string): SettingKey {
  if (isKey(key)) return key;
  throw new AppError('SETTING_INVALID', 'There is no setting of this name. Settings lists them all.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
