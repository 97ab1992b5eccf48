// The part of the contract about keys and the places they live in.
import type { AppHandlers } from '../../../preload/contract/index.ts';
import type { KeyService } from './key-service.ts';

type KeysHandlers = Pick<
  AppHandlers,
  | 'keys.list'
  | 'keys.add'
  | 'keys.replace'
  | 'keys.rename'
  | 'keys.check'
  | 'keys.remove'
  | 'keychain.status'
  | 'keychain.probe'
  | 'keychain.allowMemory'
  | 'vault.create'
  | 'vault.unlock'
  | 'vault.lock'
>;

export function keysHandlers(keys: KeyService): KeysHandlers {
  return {
    'keys.list': () => keys.list(),
    'keys.add': (input) => keys.add(input),
    'keys.replace': ({ id, secret, baseUrl }) => keys.replace(id, secret, baseUrl),
    'keys.rename': ({ id, name }) => keys.rename(id, name),
    'keys.check': ({ id }) => keys.check(id),
    'keys.remove': async ({ id }) => {
      await keys.remove(id);
      return null;
    },
    'keychain.status': () => keys.status(),
    'keychain.probe': ({ unlock }) => keys.probe({ unlock }),
    'keychain.allowMemory': () => keys.allowMemory(),
    'vault.create': ({ passphrase }) => keys.createVault(passphrase),
    'vault.unlock': ({ passphrase }) => keys.unlockVault(passphrase),
    'vault.lock': () => keys.lockVault(),
  };
}
