// Applied at once; what was before is one press away.
import { errorText } from '../../host/api.ts';
import { resetSetting, type Settings, setSetting } from '../../host/settings.ts';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import type { SettingRow } from './setting-rows.ts';
import { valueText } from './setting-value.ts';

/** Sets, or resets with `value` undefined. Resolves with a sentence when it was refused. */
export async function changeSetting(row: SettingRow, old: Settings, value?: unknown): Promise<string | null> {
  const before = old[row.key];
  if (value !== undefined && value === before) return null;
  try {
    const after = value === undefined ? await resetSetting(row.key) : await setSetting(row.key, value);
    toast({
      title: messages.changed(row.label, valueText(row.control, after[row.key])),
      action: {
        label: messages.undo,
        run: () =>
          void setSetting(row.key, before).catch((error: unknown) =>
            toast({ title: errorText(error), tone: 'danger' }),
          ),
      },
    });
    return null;
  } catch (error) {
    return errorText(error);
  }
}
