import { queryOptions, useQuery } from '@tanstack/react-query';
import type { SettingKey, Settings } from '../../preload/contract/settings.ts';
import { getApi } from './api.ts';
import { DEFAULT_SETTINGS } from './default-settings.ts';
import { queryClient } from './queries.ts';

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => getApi()['settings.get']({}, { signal }),
});

/** The settings; the defaults until they have come. */
export const useSettings = (): Settings => useQuery(settingsQuery, queryClient).data ?? DEFAULT_SETTINGS;

/** Sets one; rejects with `SETTING_INVALID` and one sentence when the value does not fit. */
export async function setSetting<K extends SettingKey>(key: K, value: unknown): Promise<Settings> {
  const next = await getApi()['settings.set']({ key, value: value as never });
  queryClient.setQueryData(settingsQuery.queryKey, next);
  return next;
}

/** Back to the default. */
export async function resetSetting(key: SettingKey): Promise<Settings> {
  const next = await getApi()['settings.reset']({ key });
  queryClient.setQueryData(settingsQuery.queryKey, next);
  return next;
}

export type { SettingKey, Settings };
export { DEFAULT_SETTINGS };
