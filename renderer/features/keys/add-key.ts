// Storing a new key: consent first where it is needed, then the key, in one go. The secret is an argument that lives
// as long as the call; it is in no state, store, cache or closure that outlives it.

import type { AppClient } from '../../../preload/contract/index.ts';
import type { Backend, KeychainStatus, KeyInfo } from '../../../preload/contract/keys.ts';
import type { StorageChoice } from './storage-choice.ts';

export interface NewKey {
  name: string;
  provider: string;
  baseUrl: string;
  secret: string;
}

/** Where to store: what core proposes (`null`), or the user's explicit choice. */
export type Destination = null | { choice: Exclude<StorageChoice, 'fix'>; passphrase: string };

type Api = Pick<AppClient, 'keys.add' | 'keychain.allowMemory' | 'vault.create' | 'vault.unlock'>;

/** Rejects with the `AppError` of the step that failed; nothing was stored then. */
export async function addKey(
  api: Api,
  status: Pick<KeychainStatus, 'vault' | 'memoryAllowed'>,
  key: NewKey,
  destination: Destination,
): Promise<KeyInfo> {
  let backend: Backend | undefined;
  if (destination) {
    backend = destination.choice;
    if (backend === 'memory' && !status.memoryAllowed) await api['keychain.allowMemory']({});
    const { passphrase } = destination;
    if (backend === 'vault' && status.vault === 'absent') await api['vault.create']({ passphrase });
    if (backend === 'vault' && status.vault === 'locked') await api['vault.unlock']({ passphrase });
  }
  return api['keys.add']({ ...key, ...(backend ? { backend } : {}) });
}
