// Where a key may be written now. A fallback needs the user's consent; nothing here falls back by itself (S7).
import { AppError } from '../../../preload/contract/errors.ts';
import type { Backend } from '../../../preload/contract/keys.ts';
import type { KeychainWatch } from './keychain-watch.ts';
import type { VaultBackend } from './vault-backend.ts';

/** `wanted`, or where new keys go, if it can be written; else the reason with what to do. */
export async function requireBackend(
  wanted: Backend | undefined,
  watch: KeychainWatch,
  vault: VaultBackend,
): Promise<Backend> {
  if (wanted === undefined && watch.state === 'probing') await watch.probe();
  const backend = wanted ?? watch.writesTo() ?? 'keychain';
  if (backend === 'keychain') await watch.ready();
  if (backend === 'memory' && !watch.memoryAllowed)
    throw new AppError(
      'KEYCHAIN_UNAVAILABLE',
      'Keys are kept in memory only after you have allowed it, because they are lost when Keybench quits. Allow it first.',
    );
  if (backend === 'vault' && vault.state() !== 'unlocked')
    throw vault.state() === 'absent'
      ? new AppError('VAULT_ABSENT', 'There is no vault yet. Create one with a passphrase first.')
      : new AppError('KEY_LOCKED', 'The vault is locked. Unlock it with its passphrase first.');
  return backend;
}
