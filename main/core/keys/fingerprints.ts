// Tells whether two keys are the same without keeping either: HMAC with a pepper that lives beside the keys, in the
// same backend. Whoever has the database alone can therefore not even test a guess.
import { createHmac, hash, randomBytes } from 'node:crypto';
import { AppError } from '../../../preload/contract/app-error.ts';
import type { Backend } from '../../../preload/contract/keys.ts';
import type { KeychainBackend } from './keychain-backend.ts';

const ACCOUNT = 'fingerprint-pepper';

export class Fingerprints {
  #backends: Record<Backend, KeychainBackend>;
  #peppers = new Map<Backend, string>();
  constructor(backends: Record<Backend, KeychainBackend>) {
    this.#backends = backends;
  }

  /** `<id of the pepper>:<HMAC-SHA256>`. Makes the pepper when the backend has none yet. */
  async of(backend: Backend, secret: string): Promise<string> {
    return fingerprintWith(await this.#makePepper(backend), secret);
  }

  /** Was this fingerprint made beside the pepper that the backend holds now? Only asks, never makes one. */
  async sameHome(backend: Backend, fingerprint: string): Promise<boolean> {
    const pepper = await this.#backends[backend].get(ACCOUNT);
    return pepper !== null && fingerprint.startsWith(`${pepperId(pepper)}:`);
  }

  /** The pepper beside the keys of this backend, for the scanner's threads. Only asks, never makes one. */
  async pepper(backend: Backend): Promise<string | null> {
    return this.#peppers.get(backend) ?? (await this.#backends[backend].get(ACCOUNT));
  }

  /** After a vault was locked or another keychain may have taken the place of the old one. */
  forget(backend: Backend): void {
    this.#peppers.delete(backend);
  }

  async #makePepper(kind: Backend): Promise<string> {
    const known = this.#peppers.get(kind);
    if (known) return known;
    const backend = this.#backends[kind];
    let pepper = await backend.get(ACCOUNT);
    if (pepper === null) {
      await backend.set(ACCOUNT, randomBytes(32).toString('hex'));
      // Read back: another process may have done the same, and the last one counts.
      pepper = await backend.get(ACCOUNT);
    }
    if (pepper === null)
      throw new AppError(
        'KEYCHAIN_UNAVAILABLE',
        'The keychain does not keep what it is given. Probe it and try again.',
      );
    this.#peppers.set(kind, pepper);
    return pepper;
  }
}

/** `<id of the pepper>:<HMAC-SHA256>`, for who has the pepper already (a scan thread). */
export const fingerprintWith = (pepper: string, secret: string): string =>
  `${pepperId(pepper)}:${createHmac('sha256', pepper).update(secret).digest('hex')}`;

/** Names a pepper without giving it away; 12 hex digits. */
export const pepperId = (pepper: string): string =>
  hash('sha256', `keybench pepper id ${pepper}`).slice(0, 12);
