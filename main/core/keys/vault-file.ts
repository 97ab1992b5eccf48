// The vault on disk: one line of JSON, and a second line that seals the first byte for byte. The seal notices what
// the entries' own tags cannot: an entry removed or swapped for an older one, or a changed parameter.
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../../../preload/contract/errors.ts';
import { Kdf, type VaultKeys } from './vault-kdf.ts';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const Entry = z.strictObject({
  /** Rises with each set of this entry. */
  version: z.int().min(1),
  iv: hex(12),
  tag: hex(16),
  data: z.string().regex(/^(?:[0-9a-f]{2})*$/),
});
const VaultContent = z.strictObject({
  format: z.literal('keybench-vault'),
  version: z.literal(1),
  kdf: Kdf,
  entries: z.record(z.string().max(100), Entry),
});
export type VaultContent = z.infer<typeof VaultContent>;
type Entry = z.infer<typeof Entry>;

/** One and the same for a wrong passphrase and a changed file: whoever tries must not learn which it was. */
export const vaultError = () =>
  new AppError(
    'VAULT_WRONG_PASSPHRASE',
    'The passphrase is wrong, or the vault file was changed or damaged. Try again, or restore the file from a backup.',
  );

/** The text of the file, sealed. */
export function sealed(content: VaultContent, keys: VaultKeys): string {
  const line = JSON.stringify(content);
  return `${line}\n${sealOf(line, keys).toString('hex')}\n`;
}

/** What the file says of itself, before anything of it can be trusted. Throws `vaultError`. */
export function unverified(text: string): VaultContent {
  const [line = ''] = text.split('\n', 1);
  try {
    return VaultContent.parse(JSON.parse(line));
  } catch {
    throw vaultError();
  }
}

/** The content, if these keys have sealed exactly this text. Throws `vaultError`. */
export function verified(text: string, keys: VaultKeys): VaultContent {
  const content = unverified(text);
  const [line = ''] = text.split('\n', 1);
  const expected = Buffer.from(`${line}\n${sealOf(line, keys).toString('hex')}\n`);
  const actual = Buffer.from(text);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw vaultError();
  return content;
}

export function encrypt(account: string, version: number, secret: string, keys: VaultKeys): Entry {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keys.encrypt, iv);
  cipher.setAAD(boundTo(account, version));
  const data = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return {
    version,
    iv: iv.toString('hex'),
    tag: cipher.getAuthTag().toString('hex'),
    data: data.toString('hex'),
  };
}

export function decrypt(account: string, entry: Entry, keys: VaultKeys): string {
  const decipher = createDecipheriv('aes-256-gcm', keys.encrypt, Buffer.from(entry.iv, 'hex'));
  decipher.setAAD(boundTo(account, entry.version));
  decipher.setAuthTag(Buffer.from(entry.tag, 'hex'));
  try {
    return Buffer.concat([decipher.update(entry.data, 'hex'), decipher.final()]).toString('utf8');
  } catch {
    throw vaultError();
  }
}

const boundTo = (account: string, version: number) =>
  Buffer.from(JSON.stringify(['keybench', account, version]));
const sealOf = (line: string, keys: VaultKeys) => createHmac('sha256', keys.seal).update(line).digest();
