import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { DEFAULT_SETTINGS, type SettingKey, Settings } from '../../../../preload/contract/settings.ts';
import { findSettings } from '../../../../renderer/features/settings/find-settings.ts';
import { SECTIONS, SETTING_ROWS } from '../../../../renderer/features/settings/setting-rows.ts';
import { numberProblem, valueText } from '../../../../renderer/features/settings/setting-value.ts';

test('every setting of the contract has exactly one row', () => {
  expect(SETTING_ROWS.map(({ key }) => key).sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort());
});

describe.each(SETTING_ROWS)('$key', ({ key, control }) => {
  const schema = Settings.shape[key as SettingKey].unwrap();
  test('its control offers what the contract allows, and nothing else', () => {
    if (control.kind === 'choice') {
      expect(control.options.map(({ value }) => value)).toEqual((schema as z.ZodEnum).options);
    } else if (control.kind === 'switch') {
      expect(schema).toBeInstanceOf(z.ZodBoolean);
    } else {
      const { min, max } = control;
      for (const good of [min, max]) expect(schema.safeParse(good).success, String(good)).toBe(true);
      for (const bad of [min - 1, max + 1, min + 0.5]) {
        expect(schema.safeParse(bad).success, String(bad)).toBe(false);
        expect(numberProblem(control, bad)).not.toBeNull();
      }
      expect(numberProblem(control, min)).toBeNull();
      expect(numberProblem(control, null)).not.toBeNull();
    }
  });
});

test('a search finds by words of label, help, option and section; every word must be there', () => {
  const keys = (q: string) => findSettings(q).flatMap(({ rows }) => rows.map(({ key }) => key));
  expect(keys('idle')).toEqual(['requests.idleSeconds']);
  expect(keys('stalled timeout')).toEqual(['requests.idleSeconds']);
  expect(keys('markdown')).toEqual(['output.view']);
  expect(keys('history')).toContain('history.keep');
  expect(findSettings('vault').map(({ id }) => id)).toEqual(['keychain']);
  expect(findSettings('no such thing')).toEqual([]);
  expect(findSettings('').map(({ id }) => id)).toEqual(SECTIONS);
});

test('values are written as people read them', () => {
  expect(valueText({ kind: 'number', min: 0, max: 9, unit: 's' }, 3600)).toBe('3,600 s');
  expect(valueText({ kind: 'switch' }, false)).toBe('off');
  expect(valueText({ kind: 'choice', options: [{ value: 'a', label: 'Alpha' }] }, 'a')).toBe('Alpha');
});
