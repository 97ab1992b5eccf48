// Where a new key may go while the keychain cannot take it. Nothing here is chosen for the user.
import type { Backend, KeychainStatus } from '../../../preload/contract/keys.ts';

/** `fix`: mend the keychain first, store nothing yet. */
export type StorageChoice = 'fix' | 'memory' | 'vault';

/** What must be settled before a key can be stored. */
export type StorageNeed =
  | { kind: 'probing' }
  /** Core knows where to store. */
  | { kind: 'ready'; backend: Backend }
  /** The user must choose. */
  | { kind: 'choose' };

export function storageNeed(status: Pick<KeychainStatus, 'state' | 'writesTo' | 'vault'>): StorageNeed {
  const { state, writesTo, vault } = status;
  if (writesTo === 'vault' && vault !== 'unlocked') return { kind: 'choose' };
  if (writesTo !== null) return { kind: 'ready', backend: writesTo };
  return state === 'probing' ? { kind: 'probing' } : { kind: 'choose' };
}
