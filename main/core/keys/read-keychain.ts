// The keys of the OS keychain for a command that is over in a moment: no scrubber, no state, nothing is repaired.
import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../clock.ts';
import { Fingerprints } from './fingerprints.ts';
import { KeyRows } from './key-rows.ts';
import { KeychainWatch } from './keychain-watch.ts';
import { keysForScanner, type ScannerKey } from './keys-for-scanner.ts';
import type { HelperProcess } from './keytar-protocol.ts';
import { createMemoryBackend } from './memory-backend.ts';
import { createProcessBackend } from './process-backend.ts';
import { createVaultBackend } from './vault-backend.ts';

const silent = { info() {}, warn() {}, error() {}, close() {} };

/** `db` is only read. Empty when the keychain is locked, absent or fails; never rejects. */
export async function readKeychain(
  db: DatabaseSync,
  vaultFile: string,
  spawn: () => HelperProcess,
): Promise<ScannerKey[]> {
  const keychain = createProcessBackend({ spawn, clock: systemClock, log: silent });
  // Nobody gives its passphrase here, so it stays locked.
  const vault = createVaultBackend({ file: vaultFile, clock: systemClock });
  const backends = { keychain, memory: createMemoryBackend(), vault };
  const watch = new KeychainWatch({
    keychain,
    vault,
    settings: () => ({ 'keychain.fallback': 'ask' }),
    onChange: () => {},
    onReady: () => {},
  });
  const rows = new KeyRows(db);
  const fingerprints = new Fingerprints(backends);
  const { keys } = await keysForScanner({ rows, backends, fingerprints, watch, log: silent, onSeen() {} });
  return keys;
}
