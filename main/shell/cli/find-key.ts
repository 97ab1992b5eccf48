import type { AppClient } from '../../../preload/contract/index.ts';
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import { UsageError } from '../arguments.ts';

/** A key by its name (case does not matter) or id. Throws `UsageError` that lists the names there are. */
export async function findKey(api: AppClient, name: string): Promise<KeyInfo> {
  const all = await api['keys.list']({});
  const wanted = name.toLowerCase();
  const found = all.find((key) => key.id === name || key.name.toLowerCase() === wanted);
  if (found) return found;
  const known = all.map((key) => key.name).join(', ');
  throw new UsageError(
    known === ''
      ? `There is no key "${name}": no keys are stored yet. Add one with keybench keys add ${name} --provider ID.`
      : `There is no key "${name}". Stored: ${known}.`,
  );
}
