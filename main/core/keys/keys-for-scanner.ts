// What the scanner needs to recognise stored keys: every secret that can be read without asking anybody, in the forms that
// stand in files, and the pepper by which a finding is compared with keys that are stored later.
import type { Backend } from '../../../preload/contract/keys.ts';
import type { Log } from '../log.ts';
import type { Fingerprints } from './fingerprints.ts';
import { accountOf, type KeyRow, type KeyRows } from './key-rows.ts';
import type { KeychainBackend } from './keychain-backend.ts';
import type { KeychainWatch } from './keychain-watch.ts';
import { formsInFiles } from './secret-variants.ts';
import type { VaultBackend } from './vault-backend.ts';

export interface ScannerKey {
  id: string;
  name: string;
  secret: string;
  /** The secret and its encoded forms, each at least 8 characters. */
  forms: string[];
  /** As in the table of keys. */
  fingerprint: string;
}

export interface KeysForScanner {
  /** `null`: no place for keys can be read now. */
  pepper: string | null;
  keys: ScannerKey[];
}

export interface ForScannerDeps {
  rows: KeyRows;
  backends: Record<Backend, KeychainBackend> & { vault: VaultBackend };
  fingerprints: Fingerprints;
  watch: KeychainWatch;
  log: Log;
  /** A secret was read from its backend. */
  onSeen: (row: KeyRow, secret: string) => void;
}

/** The first that can be read gives the pepper: a key added later most likely goes there. */
const PLACES = ['keychain', 'vault', 'memory'] as const satisfies readonly Backend[];

/** Never throws, never unlocks anything, counts as no use. Keys that cannot be read now are left out. */
export async function keysForScanner(deps: ForScannerDeps): Promise<KeysForScanner> {
  const result: KeysForScanner = { pepper: null, keys: [] };
  for (const place of PLACES) {
    try {
      if (!(await isOpen(place, deps))) continue;
      result.pepper ??= await deps.fingerprints.pepper(place);
      for (const row of deps.rows.all()) {
        if (row.backend !== place || row.state !== 'active') continue;
        const secret = await deps.backends[place].get(accountOf(row));
        if (secret === null) continue;
        deps.onSeen(row, secret);
        const { id, name, fingerprint } = row;
        result.keys.push({ id, name, secret, forms: formsInFiles(secret), fingerprint });
      }
    } catch (error) {
      // Half of the keys are better than none: the scan goes on with what was read.
      deps.log.warn('Keys could not be read for the scanner.', { backend: place, error });
    }
  }
  return result;
}

async function isOpen(place: Backend, { watch, backends }: ForScannerDeps): Promise<boolean> {
  if (place === 'vault') return backends.vault.state() === 'unlocked';
  if (place === 'memory') return true;
  return watch.state === 'ready' || (await watch.probe()) === 'ready';
}
