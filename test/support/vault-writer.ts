// Run as a child process: writes into a vault and kills itself with SIGKILL at one step of one write.
// Arguments: file, step, number of the write, value. Each acknowledged write is said on standard output.
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

export const STEPS = [
  'before open',
  'after open',
  'half written',
  'written',
  'synced',
  'renamed',
  'folder synced',
];

/** Costs nothing, so that a vault can be opened hundreds of times. */
export const cheapKdf = {
  fresh: async () => ({
    name: 'scrypt' as const,
    n: 131_072 as const,
    r: 8 as const,
    p: 1,
    salt: '0'.repeat(32),
  }),
  derive: async (passphrase: string) => {
    const bytes = createHash('sha512').update(passphrase).digest();
    return { encrypt: bytes.subarray(0, 32), seal: bytes.subarray(32) };
  },
};

if (import.meta.main) {
  const [file = '', step = '', fatal = '', value = ''] = process.argv.slice(2);
  let write = 0;
  const at = (name: string) => {
    if (write === Number(fatal) && name === step) process.kill(process.pid, 'SIGKILL');
  };
  const { open, rename } = fs;
  let folder = false;
  fs.open = async (path, ...rest) => {
    folder = !String(path).includes('.tmp-');
    if (!folder) at('before open');
    const handle = await open(path, ...rest);
    if (!folder) at('after open');
    const { writeFile, sync } = handle;
    handle.writeFile = async (data, ...options) => {
      if (write === Number(fatal) && step === 'half written') {
        await writeFile.call(handle, String(data).slice(0, String(data).length / 2), ...options);
        at('half written');
      }
      await writeFile.call(handle, data, ...options);
      at('written');
    };
    const isFolder = folder;
    handle.sync = async () => {
      await sync.call(handle);
      at(isFolder ? 'folder synced' : 'synced');
    };
    return handle;
  };
  fs.rename = async (from, to) => {
    await rename(from, to);
    at('renamed');
  };
  syncBuiltinESMExports();
  const { createVaultBackend } = await import('../../main/core/keys/vault-backend.ts');
  const vault = createVaultBackend({ file, clock: { now: Date.now, mono: () => 0 }, kdf: cheapKdf });
  await vault.unlock('test passphrase');
  for (write = 1; write <= 3; write++) {
    await vault.set(`entry-${write}`, value);
    writeSync(1, `${write}\n`);
  }
}
