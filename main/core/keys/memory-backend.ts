// Keys for this session only, by the user's consent: they are gone when the app quits, and touch no disk.
import type { KeychainBackend } from './keychain-backend.ts';

export interface MemoryBackend extends KeychainBackend {
  /** Without asking: the list of keys never waits. */
  has(account: string): boolean;
}

export function createMemoryBackend(): MemoryBackend {
  const secrets = new Map<string, string>();
  return {
    kind: 'memory',
    has: (account) => secrets.has(account),
    get: async (account) => secrets.get(account) ?? null,
    set: async (account, secret) => void secrets.set(account, secret),
    delete: async (account) => secrets.delete(account),
    probe: async () => ({ state: 'ready', ms: 0 }),
    close: async () => secrets.clear(),
  };
}
