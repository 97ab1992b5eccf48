// From a passphrase to keys: slow and large on purpose, off the main thread.
import crypto from 'node:crypto';
import { promisify } from 'node:util';
import * as z from 'zod';
import { AppError } from '../../../preload/contract/errors.ts';

const salt = z.string().regex(/^[0-9a-f]{32}$/);
/** Only these; a changed file may not ask for gigabytes or hours. */
export const Kdf = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('argon2id'),
    memoryKib: z.literal(65_536),
    passes: z.int().min(3).max(64),
    parallelism: z.literal(1),
    salt,
  }),
  z.strictObject({
    name: z.literal('scrypt'),
    n: z.literal(131_072),
    r: z.literal(8),
    p: z.int().min(1).max(16),
    salt,
  }),
]);
export type Kdf = z.infer<typeof Kdf>;

/** One for the entries, one for the seal of the whole file; 32 bytes each. */
export interface VaultKeys {
  encrypt: Buffer;
  seal: Buffer;
}

/** A guess shall cost at least this long on the machine where the vault is made. */
const MIN_MS = 250;

/** Is missing where Node is built on BoringSSL, as in Electron. */
export const hasArgon2 = (): boolean => typeof crypto.argon2 === 'function';

export async function deriveKeys(passphrase: string, kdf: Kdf): Promise<VaultKeys> {
  // The same passphrase typed on another system may be composed differently.
  const message = passphrase.normalize('NFC');
  const bytes = kdf.name === 'argon2id' ? await argon2id(message, kdf) : await scrypt(message, kdf);
  return { encrypt: bytes.subarray(0, 32), seal: bytes.subarray(32, 64) };
}

/** Parameters for a new vault: those of the design, with more passes where the machine is faster than expected. */
export async function newKdf(argon2 = hasArgon2()): Promise<Kdf> {
  const fresh = crypto.randomBytes(16).toString('hex');
  const kdf: Kdf = argon2
    ? { name: 'argon2id', memoryKib: 65_536, passes: 3, parallelism: 1, salt: fresh }
    : { name: 'scrypt', n: 131_072, r: 8, p: 1, salt: fresh };
  // Processor time, so that a machine that is busy just now does not make a weaker vault.
  const before = process.cpuUsage();
  await deriveKeys('', kdf);
  const { user, system } = process.cpuUsage(before);
  // Half more, since the first run was the slowest.
  const factor = (MIN_MS * 1.5) / Math.max(1, (user + system) / 1000);
  if (factor <= 1) return kdf;
  return kdf.name === 'argon2id'
    ? { ...kdf, passes: Math.min(64, Math.ceil(kdf.passes * factor)) }
    : { ...kdf, p: Math.min(16, Math.ceil(kdf.p * factor)) };
}

async function argon2id(message: string, kdf: Extract<Kdf, { name: 'argon2id' }>): Promise<Buffer> {
  if (!hasArgon2())
    throw new AppError(
      'NOT_SUPPORTED',
      'This vault was made with Argon2id, which this build of Keybench lacks. Open it with the browser shell: npm start -- --shell=browser.',
    );
  return await promisify(crypto.argon2)('argon2id', {
    message,
    nonce: Buffer.from(kdf.salt, 'hex'),
    memory: kdf.memoryKib,
    passes: kdf.passes,
    parallelism: kdf.parallelism,
    tagLength: 64,
  });
}

function scrypt(message: string, { n, r, p, salt: hex }: Extract<Kdf, { name: 'scrypt' }>): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 192 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    crypto.scrypt(message, Buffer.from(hex, 'hex'), 64, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
