// Keys in one encrypted file with a passphrase, by the user's choice, where there is no keychain.
//
// Every read and write goes to the file: a second process (the command line) may have changed it, and what is not
// held cannot leak. Only the derived keys stay in memory while the vault is unlocked.
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../../preload/contract/errors.ts';
import type { Clock } from '../clock.ts';
import type { KeychainBackend, ProbeResult } from './keychain-backend.ts';
import { decrypt, encrypt, sealed, unverified, type VaultContent, verified } from './vault-file.ts';
import { deriveKeys, type Kdf, newKdf, type VaultKeys } from './vault-kdf.ts';
import { writeDurably } from './write-durably.ts';

export interface VaultBackend extends KeychainBackend {
  /** Without waiting, for the status. */
  state(): 'absent' | 'locked' | 'unlocked';
  /** Is this entry in the vault, as last read? False while locked. */
  has(account: string): boolean;
  /** A new, empty, unlocked vault. `VAULT_EXISTS` if there is a file; `KEY_INVALID` if the passphrase is too short. */
  create(passphrase: string): Promise<void>;
  /** `VAULT_ABSENT`, or `VAULT_WRONG_PASSPHRASE` both for a wrong passphrase and for a changed file. */
  unlock(passphrase: string): Promise<void>;
  lock(): void;
}

export interface VaultOptions {
  file: string;
  clock: Clock;
  /** How a passphrase becomes keys. Tests that open a vault hundreds of times bring a cheap one. */
  kdf?: { fresh: () => Promise<Kdf>; derive: (passphrase: string, kdf: Kdf) => Promise<VaultKeys> };
}

const MIN_PASSPHRASE = 8;

export function createVaultBackend(options: VaultOptions): VaultBackend {
  return new Vault(options);
}

class Vault implements VaultBackend {
  readonly kind = 'vault';
  #file: string;
  #clock: Clock;
  #kdf: NonNullable<VaultOptions['kdf']>;
  #keys: VaultKeys | null = null;
  #accounts = new Set<string>();
  #writing: Promise<unknown> = Promise.resolve();

  constructor({ file, clock, kdf }: VaultOptions) {
    this.#file = file;
    this.#clock = clock;
    this.#kdf = kdf ?? { fresh: newKdf, derive: deriveKeys };
  }

  state() {
    if (this.#keys) return 'unlocked';
    return existsSync(this.#file) ? 'locked' : 'absent';
  }

  has(account: string): boolean {
    return this.#accounts.has(account);
  }

  async create(passphrase: string): Promise<void> {
    if (passphrase.length < MIN_PASSPHRASE)
      throw new AppError('KEY_INVALID', `Choose a passphrase of at least ${MIN_PASSPHRASE} characters.`);
    const kdf = await this.#kdf.fresh();
    const keys = await this.#kdf.derive(passphrase, kdf);
    await this.#exclusive(async () => {
      if (existsSync(this.#file))
        throw new AppError('VAULT_EXISTS', 'There is a vault already. Unlock it with its passphrase.');
      await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
      const empty: VaultContent = { format: 'keybench-vault', version: 1, kdf, entries: {} };
      await writeDurably(this.#file, sealed(empty, keys));
      this.#keys = keys;
      this.#accounts = new Set();
    });
  }

  async unlock(passphrase: string): Promise<void> {
    const text = await this.#text();
    const keys = await this.#kdf.derive(passphrase, unverified(text).kdf);
    const { entries } = verified(text, keys);
    this.#keys = keys;
    this.#accounts = new Set(Object.keys(entries));
  }

  lock(): void {
    // Not overwritten: a write that is under way still seals with them.
    this.#keys = null;
    this.#accounts = new Set();
  }

  async get(account: string): Promise<string | null> {
    const keys = this.#unlocked();
    const { entries } = await this.#read(keys);
    const entry = Object.hasOwn(entries, account) ? entries[account] : undefined;
    return entry ? decrypt(account, entry, keys) : null;
  }

  async set(account: string, secret: string): Promise<void> {
    await this.#change((content, keys) => {
      const version = (content.entries[account]?.version ?? 0) + 1;
      content.entries[account] = encrypt(account, version, secret, keys);
      return true;
    });
  }

  async delete(account: string): Promise<boolean> {
    return await this.#change((content) => {
      const present = Object.hasOwn(content.entries, account);
      delete content.entries[account];
      return present;
    });
  }

  async probe(): Promise<ProbeResult> {
    const started = this.#clock.mono();
    const state = this.#keys ? 'ready' : 'locked';
    if (this.#keys) await this.#read(this.#keys);
    return { state, ms: Math.round(this.#clock.mono() - started) };
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => {});
    this.lock();
  }

  #unlocked(): VaultKeys {
    if (this.#keys) return this.#keys;
    if (this.state() === 'absent')
      throw new AppError('VAULT_ABSENT', 'There is no vault file. Create a vault, or restore the file.');
    throw new AppError('KEY_LOCKED', 'The vault is locked. Unlock it with its passphrase.');
  }

  async #text(): Promise<string> {
    try {
      return await readFile(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        throw new AppError('VAULT_ABSENT', 'There is no vault file. Create a vault, or restore the file.');
      throw new AppError(
        'KEYCHAIN_UNAVAILABLE',
        `The vault file cannot be read (${(error as NodeJS.ErrnoException).code}). Check the rights of ${this.#file}.`,
      );
    }
  }

  async #read(keys: VaultKeys): Promise<VaultContent> {
    const content = verified(await this.#text(), keys);
    this.#accounts = new Set(Object.keys(content.entries));
    return content;
  }

  /** Reads, changes and writes as one step: calls of this process wait for each other. */
  #change(edit: (content: VaultContent, keys: VaultKeys) => boolean): Promise<boolean> {
    return this.#exclusive(async () => {
      const keys = this.#unlocked();
      const content = await this.#read(keys);
      const result = edit(content, keys);
      if (result) await this.#write(content, keys);
      return result;
    });
  }

  async #write(content: VaultContent, keys: VaultKeys) {
    try {
      await writeDurably(this.#file, sealed(content, keys));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'error';
      if (code === 'ENOSPC')
        throw new AppError(
          'DISK_FULL',
          'The disk is full, so the vault was not changed. Free some space and try again.',
        );
      throw new AppError(
        'KEYCHAIN_UNAVAILABLE',
        `The vault file cannot be written (${code}) and was not changed. Check the rights of ${dirname(this.#file)}.`,
      );
    }
    this.#accounts = new Set(Object.keys(content.entries));
  }

  #exclusive<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#writing.then(act, act);
    this.#writing = turn.catch(() => {});
    return turn;
  }
}
