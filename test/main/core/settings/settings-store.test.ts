import { describe, expect, test } from 'vitest';
import { openMemory } from '../../../../main/core/history/database.ts';
import { settingsHandlers } from '../../../../main/core/settings/handlers.ts';
import { ruleOf } from '../../../../main/core/settings/setting-rules.ts';
import { createSettingsStore } from '../../../../main/core/settings/settings-store.ts';
import { DEFAULT_SETTINGS, type SettingKey, type UiState } from '../../../../preload/contract/settings.ts';

function setUp() {
  const db = openMemory(0);
  const warnings: unknown[] = [];
  const store = createSettingsStore({ db, log: { warn: (_message, data) => warnings.push(data) } });
  return { db, store, warnings };
}

describe('settings', () => {
  test('are the defaults until one is set, and again after a reset', () => {
    const { store } = setUp();
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
    expect(store.set('requests.maxAttempts', 7)).toEqual({ ...DEFAULT_SETTINGS, 'requests.maxAttempts': 7 });
    expect(store.get()['requests.maxAttempts']).toBe(7);
    expect(store.reset('requests.maxAttempts')).toEqual(DEFAULT_SETTINGS);
  });

  test('refuse a value out of range with its rule and change nothing', () => {
    const { store } = setUp();
    store.set('requests.maxAttempts', 2);
    for (const value of [0, 11, 1.5, '3', null, undefined, [], {}])
      expect(() => store.set('requests.maxAttempts', value)).toThrow(
        expect.objectContaining({
          code: 'SETTING_INVALID',
          message: 'requests.maxAttempts must be a whole number from 1 to 10.',
        }),
      );
    expect(store.get()['requests.maxAttempts']).toBe(2);
  });

  test('have a rule for every key', () => {
    expect(ruleOf('history.keep')).toBe('history.keep must be true or false.');
    expect(ruleOf('appearance.theme')).toBe('appearance.theme must be one of: system, dark, light.');
    for (const key of Object.keys(DEFAULT_SETTINGS) as SettingKey[]) {
      expect(ruleOf(key)).toMatch(/^\S+ must be .+\.$/);
      expect(ruleOf(key)).not.toMatch(/undefined|null|Infinity/);
    }
  });

  test('refuse names that do not exist, also those every object has', () => {
    const { store } = setUp();
    for (const key of ['nope', '', '__proto__', 'constructor', 'toString']) {
      expect(() => store.set(key, 1)).toThrow(expect.objectContaining({ code: 'SETTING_INVALID' }));
      expect(() => store.reset(key)).toThrow(expect.objectContaining({ code: 'SETTING_INVALID' }));
    }
  });

  test('a damaged stored value falls back to the default and is reported once', () => {
    const { db, store, warnings } = setUp();
    db.exec(`INSERT INTO settings VALUES ('requests.maxAttempts', '{oops'), ('history.keep', '"yes"'),
      ('of.a.newer.version', '1'), ('demo.firstTokenMs', '5')`);
    expect(store.get()).toEqual({ ...DEFAULT_SETTINGS, 'demo.firstTokenMs': 5 });
    store.get();
    expect(warnings).toEqual([{ key: 'history.keep' }, { key: 'requests.maxAttempts' }]);
  });

  test('tell who listens about changes, and not about the state of the window', () => {
    const { store } = setUp();
    let calls = 0;
    const stop = store.onChange(() => calls++);
    store.set('history.keep', false);
    store.reset('history.keep');
    store.saveUi({ a: 1 });
    expect(calls).toBe(2);
    stop();
    store.set('history.keep', false);
    expect(calls).toBe(2);
  });
});

describe('the state of the window', () => {
  test('comes back as it was saved, and is replaced as a whole', () => {
    const { store } = setUp();
    expect(store.loadUi()).toEqual({});
    store.saveUi({ tabs: [{ name: 'ä 😀' }], split: 0.4 });
    expect(store.loadUi()).toEqual({ tabs: [{ name: 'ä 😀' }], split: 0.4 });
    store.saveUi({ tabs: [] });
    expect(store.loadUi()).toEqual({ tabs: [] });
  });

  test('over 256 KB is refused, counted in bytes, and the old one stays', () => {
    const { store } = setUp();
    store.saveUi({ a: 1 });
    expect(() => store.saveUi({ a: 'é'.repeat(140_000) })).toThrow(
      expect.objectContaining({ code: 'TOO_LARGE' }),
    );
    expect(store.loadUi()).toEqual({ a: 1 });
  });

  test('is empty when what is stored is damaged', () => {
    const { db, store, warnings } = setUp();
    for (const bad of ['[1]', 'not json', '3']) {
      db.prepare('INSERT OR REPLACE INTO ui VALUES (1, ?)').run(bad);
      expect(store.loadUi()).toEqual({});
    }
    expect(warnings).toEqual([{ key: 'ui' }]);
  });
});

test('the handlers answer the contract', async () => {
  const { store } = setUp();
  const handlers = settingsHandlers(store);
  const ctx = { signal: new AbortController().signal };
  expect(await handlers['settings.get']({}, ctx)).toEqual(DEFAULT_SETTINGS);
  expect((await handlers['settings.set']({ key: 'history.keep', value: false }, ctx))['history.keep']).toBe(
    false,
  );
  expect(await handlers['settings.reset']({ key: 'history.keep' }, ctx)).toEqual(DEFAULT_SETTINGS);
  expect(await handlers['ui.save']({ state: { x: 1 } }, ctx)).toBeNull();
  expect(await handlers['ui.load']({}, ctx)).toEqual({ x: 1 });
});

test("the window's state is kept without the keys that were pasted into it", () => {
  const db = openMemory(0);
  const scrub = (state: UiState) =>
    JSON.parse(JSON.stringify(state).replaceAll('sk-CANARY', '[key:prod]')) as UiState;
  const store = createSettingsStore({ db, scrub });
  store.saveUi({ tabs: [{ draft: 'uses sk-CANARY here' }] });
  expect(store.loadUi()).toEqual({ tabs: [{ draft: 'uses [key:prod] here' }] });
  expect(JSON.stringify(db.prepare('SELECT * FROM ui').all())).not.toContain('sk-CANARY');
});
