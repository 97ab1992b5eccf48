// What the keychain itself holds for Keybench, asked by another process than the app's.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Keyring } from '../../support/keyring.ts';

const ADDON = 'keytar/build/Release/keytar.node';

/** The secrets of the service "Keybench", in no order. The keyring must be unlocked: keytar crashes on a locked one. */
export function secretsIn(keyring: Keyring): string[] {
  const script = `
    const keytar = require(${JSON.stringify(createRequire(import.meta.url).resolve(ADDON))});
    keytar.findCredentials('Keybench').then((found) =>
      process.stdout.write(JSON.stringify(found.map(({ account, password }) => [account, password])))
    );`;
  const out = execFileSync(process.execPath, ['-e', script], { env: keyring.env, encoding: 'utf8' });
  return (JSON.parse(out) as [string, string][]).map(([, secret]) => secret);
}
