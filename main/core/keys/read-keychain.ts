// The keys of the OS keychain for a command that is over in a moment: only read, no state, nothing is tried out or repaired.
import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../clock.ts';
import { accountOf } from './key-account.ts';
import type { HelperProcess } from './keytar-protocol.ts';
import { createProcessBackend } from './process-backend.ts';
import { formsInFiles } from './secret-variants.ts';

export interface HeldKey {
  id: string;
  name: string;
  secret: string;
  /** The secret and its encoded forms. */
  forms: string[];
}

const silent = { info() {}, warn() {}, error() {}, close() {} };

/** Empty when the keychain is locked, absent or fails; never rejects, never asks for a password. */
export async function readKeychain(db: DatabaseSync, spawn: () => HelperProcess): Promise<HeldKey[]> {
  const keychain = createProcessBackend({ spawn, clock: systemClock, log: silent });
  const rows = db
    .prepare("SELECT id, name, version FROM keys WHERE state = 'active' AND backend = 'keychain'")
    .all() as { id: string; name: string; version: number }[];
  const keys: HeldKey[] = [];
  for (const { id, name, version } of rows) {
    // What fails once would fail for each of them, one deadline after the other.
    const secret = await keychain.get(accountOf({ id, version })).catch(() => undefined);
    if (secret === undefined) break;
    if (secret !== null) keys.push({ id, name, secret, forms: formsInFiles(secret) });
  }
  return keys;
}
