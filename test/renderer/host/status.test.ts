import { afterEach, expect, test } from 'vitest';
import type { AppStatus } from '../../../preload/contract/app.ts';
import { queryClient } from '../../../renderer/host/queries.ts';
import { statusStore, takeStatus } from '../../../renderer/host/status.ts';
import { keychain } from '../../support/fake-core/keys.ts';

const status = (over: Partial<AppStatus> = {}): AppStatus => ({
  keychain: keychain(),
  database: { state: 'ok', path: '', problem: '', remedy: '' },
  inFlight: 0,
  keysVersion: 1,
  historyVersion: 1,
  settingsVersion: 1,
  ...over,
});

afterEach(() => {
  statusStore.setState({ status: null });
  queryClient.clear();
});

const isStale = (key: string) => queryClient.getQueryState([key])?.isInvalidated;

test('a version that rises makes what it stands for stale, and nothing else', () => {
  for (const key of ['keys', 'history', 'settings']) queryClient.setQueryData([key], []);
  takeStatus(status());
  expect(isStale('keys')).toBe(false);
  takeStatus(status({ keysVersion: 2 }));
  expect([isStale('keys'), isStale('history'), isStale('settings')]).toEqual([true, false, false]);
  takeStatus(status({ keysVersion: 2, historyVersion: 2 }));
  expect([isStale('history'), isStale('settings')]).toEqual([true, false]);
});
